using System.Text.Json.Nodes;

namespace Grains.Resources;

/// <summary>Attributes from their stored bytes.</summary>
internal static class AttributesJson
{
    /// <summary>The attributes of stored bytes, which were checked before they were stored.</summary>
    public static JsonObject Parse(byte[] utf8) => JsonNode.Parse(utf8)!.AsObject();
}
