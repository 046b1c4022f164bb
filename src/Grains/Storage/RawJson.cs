using System.Text.Json.Serialization;

namespace Grains.Storage;

/// <summary>A JSON value that is kept and written as the bytes it came in.</summary>
[JsonConverter(typeof(RawJsonConverter))]
[GenerateSerializer, Immutable, Alias("muster.RawJson")]
public sealed record RawJson
{
    /// <summary>The value as UTF-8. Not to be changed.</summary>
    [Id(0)]
    public byte[] Utf8 { get; init; } = [];
}
