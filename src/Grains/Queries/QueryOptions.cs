namespace Grains.Queries;

/// <summary>Limits of lists and filters.</summary>
public sealed class QueryOptions
{
    /// <summary>The default of <see cref="MaxScanned"/>.</summary>
    public const int DefaultMaxScanned = 50_000;

    /// <summary>How many resources a filter without an index may look at before it is refused with <c>tooMany</c>.</summary>
    public int MaxScanned { get; set; } = DefaultMaxScanned;
}
