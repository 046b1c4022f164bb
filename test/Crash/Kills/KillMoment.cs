namespace Crash.Kills;

/// <summary>One kill: what is waited for, and how long after it.</summary>
internal sealed record KillMoment(KillKind Kind, TimeSpan Delay)
{
    private const int ShortestDelay = 50;
    private const int LongestStartUp = 1200;
    private const int LongestServing = 3000;
    private const int LongestSplit = 12;
    private const int MostStartUpsInARow = 2;

    /// <summary>The kills of a round, one after the other: half while serving, a quarter during splits, a quarter in start-up.</summary>
    public static IEnumerable<KillMoment> Draw(ulong seed)
    {
#pragma warning disable CA5394 // Not for secrets: a seed must give the same moments again.
        var random = new Random(unchecked((int)(seed * 2_654_435_761)));
        for (var startUps = 0; ;)
        {
            var fate = random.Next(4);
            var kind = fate switch { 0 => KillKind.StartUp, 1 => KillKind.Split, _ => KillKind.Serving };
            if (kind == KillKind.StartUp && startUps == MostStartUpsInARow)
            {
                kind = KillKind.Serving;
            }

            startUps = kind == KillKind.StartUp ? startUps + 1 : 0;
            var delay = kind switch
            {
                KillKind.StartUp => random.Next(ShortestDelay, LongestStartUp),
                KillKind.Split => random.Next(LongestSplit),
                _ => random.Next(ShortestDelay, LongestServing),
            };
            yield return new KillMoment(kind, TimeSpan.FromMilliseconds(delay));
        }
#pragma warning restore CA5394
    }
}
