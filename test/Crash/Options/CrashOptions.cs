namespace Crash.Options;

/// <summary>What one run is to do. Made by <see cref="CommandLine"/>.</summary>
internal sealed record CrashOptions
{
    public required int Kills { get; init; }

    /// <summary>The dialects that rounds take in turn: of Entra's PATCH <c>default</c> and <c>flagged</c>, and <c>okta</c>.</summary>
    public required string[] Dialects { get; init; }

    public required int Users { get; init; }

    public required int Groups { get; init; }

    public required int Members { get; init; }

    public required int Directories { get; init; }

    public required int Cycles { get; init; }

    /// <summary>The seed of the first round; each round has the next one.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Where databases, models and logs go. It is kept.</summary>
    public required string Work { get; init; }

    /// <summary>For how many seconds the final reading may differ from the model.</summary>
    public required int Settle { get; init; }

    /// <summary>After so many minutes no new round begins.</summary>
    public required int Minutes { get; init; }

    /// <summary>Whether a deleted resource that is still named by the other side of a membership is reported only.</summary>
    public bool AllowLeftovers { get; init; }

    /// <summary>How many damaged copies of the database are tried.</summary>
    public int Copies { get; init; }
}
