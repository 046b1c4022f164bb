namespace Scim.Filters;

/// <summary>One operand holds, or both (RFC 7644 §3.4.2.2, Table 4).</summary>
public sealed record OrFilter(Filter Left, Filter Right) : Filter;
