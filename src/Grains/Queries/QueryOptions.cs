namespace Grains.Queries;

/// <summary>Limits of lists and filters.</summary>
public sealed class QueryOptions
{
    /// <summary>The default of <see cref="MaxScanned"/>.</summary>
    public const int DefaultMaxScanned = 100_000;

    /// <summary>The default of <see cref="MaxScansOfDirectory"/>.</summary>
    public const int DefaultMaxScansOfDirectory = 2;

    /// <summary>The default of <see cref="MaxWaitingOfDirectory"/>.</summary>
    public const int DefaultMaxWaitingOfDirectory = 64;

    /// <summary>The default of <see cref="MaxKeptInMemory"/>.</summary>
    public const int DefaultMaxKeptInMemory = 10_000;

    /// <summary>The default of <see cref="MaxScans"/>.</summary>
    public const int DefaultMaxScans = 16;

    /// <summary>The default of <see cref="MaxWait"/>: 6 seconds, so that with a call that times out after it no client waits for 15.</summary>
    public static readonly TimeSpan DefaultMaxWait = TimeSpan.FromSeconds(6);

    /// <summary>
    /// How many resources a filter without an index, or a sort, may look at before it is refused with <c>tooMany</c>. A page by cursor ends
    /// there and is not refused.
    /// </summary>
    public int MaxScanned { get; set; } = DefaultMaxScanned;

    /// <summary>How many queries of one directory look through its resources at once in a process; the others wait.</summary>
    public int MaxScansOfDirectory { get; set; } = DefaultMaxScansOfDirectory;

    /// <summary>How many queries of one directory wait for their turn; more are refused with 429.</summary>
    public int MaxWaitingOfDirectory { get; set; } = DefaultMaxWaitingOfDirectory;

    /// <summary>
    /// Up to how many resources of a type in a directory those looked through stay in memory for a while, so that looking again costs no reads
    /// of storage; where there are more, those that are of no other use go at once.
    /// </summary>
    public int MaxKeptInMemory { get; set; } = DefaultMaxKeptInMemory;

    /// <summary>How many queries look through resources at once in a process, of all directories.</summary>
    public int MaxScans { get; set; } = DefaultMaxScans;

    /// <summary>How long a query waits for its turn before it is refused with 429.</summary>
    public TimeSpan MaxWait { get; set; } = DefaultMaxWait;
}
