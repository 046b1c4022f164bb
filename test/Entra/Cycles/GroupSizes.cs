namespace Entra.Cycles;

/// <summary>Spreads memberships over groups as customers have them: a few large groups, many small ones (Zipf's law).</summary>
internal static class GroupSizes
{
    /// <summary>Sizes that add up to <paramref name="total"/>, as far as <paramref name="largest"/> allows.</summary>
    public static int[] Spread(int total, int groups, int largest)
    {
        var sizes = new int[groups];
        var left = total;
        while (left > 0 && Array.Exists(sizes, size => size < largest))
        {
            var weights = 0.0;
            for (var i = 0; i < groups; i++)
            {
                weights += sizes[i] < largest ? 1.0 / (i + 1) : 0;
            }

            var toSpread = left;
            for (var i = 0; i < groups && left > 0; i++)
            {
                if (sizes[i] < largest)
                {
                    var share = (int)Math.Ceiling(toSpread / (weights * (i + 1)));
                    share = Math.Min(Math.Min(share, largest - sizes[i]), left);
                    sizes[i] += share;
                    left -= share;
                }
            }
        }

        return sizes;
    }
}
