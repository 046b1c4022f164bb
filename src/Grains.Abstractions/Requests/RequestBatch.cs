namespace Grains.Abstractions.Requests;

/// <summary>Requests that a front has seen.</summary>
[GenerateSerializer, Immutable, Alias("muster.RequestBatch")]
public sealed record RequestBatch
{
    /// <summary>In the order in which they ended.</summary>
    [Id(0)]
    public required LoggedRequest[] Requests { get; init; }

    /// <summary>Whether they are kept; else they are only counted.</summary>
    [Id(1)]
    public required bool Kept { get; init; }

    [Id(2)]
    public required RequestLogLimits Limits { get; init; }
}
