namespace Conformance.Options;

/// <summary>What a run was asked for on the command line.</summary>
internal sealed record RunOptions
{
    public const int DefaultParallel = 4;

    public string? Url { get; init; }

    public string? Token { get; init; }

    public FileInfo? Out { get; init; }

    public FileInfo? JUnit { get; init; }

    public FileInfo? Markdown { get; init; }

    /// <summary>Only cases whose id begins with one of these.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    public bool List { get; init; }

    /// <summary>Where the RFCs and identity providers contradict each other, whom to go by.</summary>
    public Profile Profile { get; init; } = Profile.Provider;

    public int Parallel { get; init; } = DefaultParallel;

    /// <summary>The cases that were asked for.</summary>
    public IReadOnlyList<Case> Cases =>
        [.. Catalogue.All.Where(c => (c.Profile == Profile.Any || c.Profile == Profile)
            && (Only.Count == 0 || Only.Any(prefix => c.Id.StartsWith(prefix, StringComparison.Ordinal))))];
}
