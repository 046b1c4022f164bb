namespace Grains.Abstractions.Requests;

/// <summary>How much a log holds; what is older goes.</summary>
[GenerateSerializer, Immutable, Alias("muster.RequestLogLimits")]
public sealed record RequestLogLimits
{
    [Id(0)]
    public required long MaxEntries { get; init; }

    /// <summary>Of entries as they are stored.</summary>
    [Id(1)]
    public required long MaxBytes { get; init; }

    [Id(2)]
    public required int RetentionDays { get; init; }
}
