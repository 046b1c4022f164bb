namespace Bench.Options;

/// <summary>What the command line says, for all measurements alike.</summary>
internal sealed record BenchOptions
{
    /// <summary>How many users a directory has; one measurement for each.</summary>
    public IReadOnlyList<int> Users { get; init; } = [1_000, 10_000, 100_000];

    /// <summary>How many connections send at once.</summary>
    public int Connections { get; init; } = 64;

    /// <summary>How long a run is, in seconds.</summary>
    public int Seconds { get; init; } = 5;

    /// <summary>How many runs of each sort there are.</summary>
    public int Pairs { get; init; } = 5;

    /// <summary>The kinds of requests.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>The Tenant URL of another server; null for one that is started here.</summary>
    public Uri? Url { get; init; }

    /// <summary>The token for <see cref="Url"/>.</summary>
    public string Token { get; init; } = "";

    /// <summary>The process of the server at <see cref="Url"/>, where its CPU time is to be read.</summary>
    public int? ProcessId { get; init; }

    /// <summary>The folder for databases and logs; filled databases are kept there for the next time.</summary>
    public string Work { get; init; } = Path.Combine(Path.GetTempPath(), "muster-bench");

    /// <summary>Where the results go; null for nowhere but the console.</summary>
    public string? Out { get; init; }

    /// <summary>The server's <c>Api.dll</c>; null for the one built beside this program.</summary>
    public string? Assembly { get; init; }

    /// <summary>How long a soak is, in minutes.</summary>
    public double Minutes { get; init; } = 10;

    /// <summary>How often each credential is tried.</summary>
    public int Tries { get; init; } = 10_000;

    /// <summary>The rate limit of a directory while one is hammered; 0 for none.</summary>
    public int RateLimit { get; init; }

    /// <summary>How many directories there are at once.</summary>
    public int Directories { get; init; } = 64;

    /// <summary>How many members the measured groups have.</summary>
    public IReadOnlyList<int> Members { get; init; } = [10, 1_000, 100_000];
}
