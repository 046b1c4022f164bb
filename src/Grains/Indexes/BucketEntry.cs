using System.Text.Json.Serialization;

namespace Grains.Indexes;

/// <summary>A value in a bucket, the ids that stand under it and the versions that ids left behind.</summary>
[GenerateSerializer, Immutable, Alias("muster.BucketEntry")]
public sealed record BucketEntry
{
    /// <summary>The normalised value.</summary>
    [Id(0)]
    [JsonPropertyName("k")]
    public string Value { get; init; } = "";

    /// <summary>The keyed hash of the value.</summary>
    [Id(1)]
    [JsonPropertyName("h")]
    public ulong Hash { get; init; }

    /// <summary>The ids that stand under the value.</summary>
    [Id(2)]
    [JsonPropertyName("o")]
    public BucketOwner[] Owners { get; init; } = [];

    /// <summary>The ids that did, with the version up to which nothing of theirs is believed any more (PROTOCOL R4).</summary>
    [Id(3)]
    [JsonPropertyName("l")]
    public BucketOwner[]? Left { get; init; }

    /// <summary>So many ids share the value that they are no longer listed.</summary>
    [Id(4)]
    [JsonPropertyName("c")]
    public bool Common { get; init; }

    /// <summary>The place in the listing order.</summary>
    [JsonIgnore]
    internal ulong Order => SplitOrder.Reverse(Hash);
}
