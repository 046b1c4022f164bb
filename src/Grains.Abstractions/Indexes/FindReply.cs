namespace Grains.Abstractions.Indexes;

/// <summary>What stands under the values that were asked for.</summary>
[GenerateSerializer, Immutable, Alias("muster.FindReply")]
public sealed record FindReply
{
    [Id(0)]
    public required BucketStatus Status { get; init; }

    [Id(1)]
    public int Level { get; init; }

    /// <summary>For each key, in order, what stands under it; null where the key has moved on; empty where there is nothing.</summary>
    [Id(2)]
    public IndexEntry[]?[] Found { get; init; } = [];

    /// <summary>For each key, whether so many ids share the value that they are no longer listed: look through all instead.</summary>
    [Id(3)]
    public bool[] Common { get; init; } = [];
}
