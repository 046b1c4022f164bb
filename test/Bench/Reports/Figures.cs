using System.Globalization;
using Bench.Measuring;

namespace Bench.Reports;

/// <summary>How figures are written.</summary>
internal static class Figures
{
    private const string None = "-";

    /// <summary>A figure, with so many decimals.</summary>
    public static string Text(double? value, int decimals = 0) =>
        value?.ToString(decimals == 0 ? "#,0" : "F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) ?? None;

    /// <summary>The middle of several figures and their spread.</summary>
    public static string Text(Spread? spread, int decimals = 0) => spread is { } s
        ? $"{Text(s.Median, decimals)} [{Text(s.Lower, decimals)}..{Text(s.Upper, decimals)}]"
        : None;
}
