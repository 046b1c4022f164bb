using System.Text.Json.Serialization;

namespace Grains.Indexes;

/// <summary>An id in a bucket's entry.</summary>
[GenerateSerializer, Immutable, Alias("muster.BucketOwner")]
public sealed record BucketOwner
{
    [Id(0)]
    [JsonPropertyName("i")]
    public string Id { get; init; } = "";

    /// <summary>The version of the row on whose behalf it stands, or stood.</summary>
    [Id(1)]
    [JsonPropertyName("v")]
    public long Version { get; init; }

    /// <summary>What the entry says of the id beside its version.</summary>
    [Id(2)]
    [JsonPropertyName("t")]
    public string? Tag { get; init; }

    /// <summary>Of a version left behind: when, in Unix seconds.</summary>
    [Id(3)]
    [JsonPropertyName("a")]
    public long At { get; init; }
}
