namespace Scim.Filters;

/// <summary>The spelling of <see cref="ComparisonOperator"/>.</summary>
internal static class ComparisonOperators
{
    private static readonly string[] Names = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"];

    public static string Name(this ComparisonOperator comparison) => Names[(int)comparison];

    public static bool IsOrder(this ComparisonOperator comparison) => comparison >= ComparisonOperator.GreaterThan;

    public static bool IsSubstring(this ComparisonOperator comparison) =>
        comparison is ComparisonOperator.Contains or ComparisonOperator.StartsWith or ComparisonOperator.EndsWith;

    /// <summary>Whether <paramref name="order"/>, the sign of a comparison of value with literal, satisfies an operator of equality or order.</summary>
    public static bool Accepts(this ComparisonOperator comparison, int order) => comparison switch
    {
        ComparisonOperator.Equal => order == 0,
        ComparisonOperator.NotEqual => order != 0,
        ComparisonOperator.GreaterThan => order > 0,
        ComparisonOperator.GreaterOrEqual => order >= 0,
        ComparisonOperator.LessThan => order < 0,
        ComparisonOperator.LessOrEqual => order <= 0,
        _ => false,
    };

    public static ComparisonOperator? Find(ReadOnlySpan<char> name)
    {
        for (var i = 0; i < Names.Length; i++)
        {
            if (name.Equals(Names[i], StringComparison.OrdinalIgnoreCase))
            {
                return (ComparisonOperator)i;
            }
        }

        return null;
    }
}
