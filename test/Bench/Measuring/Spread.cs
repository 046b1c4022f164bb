namespace Bench.Measuring;

/// <summary>The middle of several measurements, and between which values the middle half of them lies.</summary>
internal sealed record Spread(double Median, double Lower, double Upper)
{
    private const double Quarter = 0.25;

    /// <summary>Of some values; null where there are none.</summary>
    public static Spread? Of(IEnumerable<double?> values)
    {
        var sorted = values.OfType<double>().Order().ToArray();
        return sorted.Length == 0 ? null : new Spread(At(sorted, 2 * Quarter), At(sorted, Quarter), At(sorted, 3 * Quarter));
    }

    private static double At(double[] sorted, double fraction)
    {
        var at = (sorted.Length - 1) * fraction;
        var low = (int)at;
        var high = Math.Min(low + 1, sorted.Length - 1);
        return sorted[low] + ((sorted[high] - sorted[low]) * (at - low));
    }
}
