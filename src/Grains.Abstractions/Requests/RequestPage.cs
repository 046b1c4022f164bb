namespace Grains.Abstractions.Requests;

/// <summary>Requests of a log, newest first.</summary>
[GenerateSerializer, Immutable, Alias("muster.RequestPage")]
public sealed record RequestPage
{
    /// <summary>Without their bodies.</summary>
    [Id(0)]
    public required LoggedRequest[] Requests { get; init; }

    /// <summary>To go on, as <see cref="RequestQuery.Before"/>; null where all of the log was looked at.</summary>
    [Id(1)]
    public long? Next { get; init; }
}
