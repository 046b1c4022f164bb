namespace Grains.Abstractions.Indexes;

/// <summary>A bucket's answer to a list of changes.</summary>
[GenerateSerializer, Immutable, Alias("muster.ChangesReply")]
public sealed record ChangesReply
{
    /// <summary>One status for each change, in order; or a single <see cref="BucketStatus.NotInstalled"/> or <see cref="BucketStatus.Retry"/> for all.</summary>
    [Id(0)]
    public required BucketStatus[] Statuses { get; init; }

    [Id(1)]
    public int Level { get; init; }

    [Id(2)]
    public bool Crowded { get; init; }
}
