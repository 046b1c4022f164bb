namespace Scim.Filters;

/// <summary>Both operands hold (RFC 7644 §3.4.2.2, Table 4).</summary>
public sealed record AndFilter(Filter Left, Filter Right) : Filter;
