namespace Fuzz.Options;

/// <summary>What one run is to do.</summary>
internal sealed record FuzzOptions
{
    /// <summary>Inputs over all targets together.</summary>
    public long Inputs { get; init; } = 10_000_000;

    /// <summary>For how long, over all targets together; null for as long as the inputs take.</summary>
    public double? Seconds { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>The names of the targets; empty for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>One input to be tried again, instead of all others.</summary>
    public byte[]? Replay { get; init; }
}
