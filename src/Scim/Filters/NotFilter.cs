namespace Scim.Filters;

/// <summary>The operand does not hold (RFC 7644 §3.4.2.2, Table 4).</summary>
public sealed record NotFilter(Filter Operand) : Filter;
