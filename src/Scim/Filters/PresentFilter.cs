using Scim.Paths;

namespace Scim.Filters;

/// <summary>The attribute has a non-empty value: <c>title pr</c> (RFC 7644 §3.4.2.2, Table 3).</summary>
public sealed record PresentFilter(AttributePath Path) : Filter;
