using Scim.Paths;

namespace Scim.Filters;

/// <summary>A comparison of an attribute with a literal: <c>userName eq "bjensen"</c> (RFC 7644 §3.4.2.2, Table 3).</summary>
public sealed record ComparisonFilter(AttributePath Path, ComparisonOperator Operator, FilterLiteral Value) : Filter;
