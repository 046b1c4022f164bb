using System.Text.Json.Serialization;
using Grains.Abstractions.Events;

namespace Grains.Events;

/// <summary>An event as it is stored.</summary>
[GenerateSerializer, Immutable, Alias("muster.LogEntry")]
public sealed record LogEntry
{
    [Id(0)]
    [JsonPropertyName("s")]
    public long Sequence { get; init; }

    /// <summary><c>User</c> or <c>Group</c>.</summary>
    [Id(1)]
    [JsonPropertyName("t")]
    public string ResourceType { get; init; } = "";

    [Id(2)]
    [JsonPropertyName("i")]
    public string ResourceId { get; init; } = "";

    /// <summary>The id of the row's write that the event belongs to.</summary>
    [Id(3)]
    [JsonPropertyName("w")]
    public string WriteId { get; init; } = "";

    [Id(4)]
    [JsonPropertyName("v")]
    public long Version { get; init; }

    [Id(5)]
    [JsonPropertyName("k")]
    public EventKind Kind { get; init; }

    /// <summary>When it was appended, in Unix milliseconds.</summary>
    [Id(6)]
    [JsonPropertyName("a")]
    public long At { get; init; }

    [Id(7)]
    [JsonPropertyName("x")]
    public EventStatus Status { get; init; }

    /// <summary>Whether readers see it.</summary>
    [JsonIgnore]
    internal bool IsSeen => Status == EventStatus.Settled && Kind != EventKind.Void;

    /// <summary>Whether the resource's row may have to be cleared some time after it.</summary>
    [JsonIgnore]
    internal bool LeavesTombstone => Kind is EventKind.Delete or EventKind.Void || Status == EventStatus.Dropped;
}
