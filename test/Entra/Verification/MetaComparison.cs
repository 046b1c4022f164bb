using System.Text.Json;

namespace Entra.Verification;

/// <summary>Checks <c>meta</c> and <c>id</c>, which every resource has (RFC 7643 §3.1).</summary>
internal static class MetaComparison
{
    /// <summary>Returns what is wrong, or null.</summary>
    /// <remarks><paramref name="expectedId"/>: Null for a resource that has just been created.</remarks>
    public static string? Difference(
        JsonElement resource,
        string resourceType,
        string? expectedId,
        string baseUrl,
        out string? id,
        out string? version)
    {
        version = null;
        id = null;
        if (resource.ValueKind != JsonValueKind.Object)
        {
            return "the body must be a JSON object";
        }

        if (!resource.Has("id"u8, out var idValue) || idValue.Text() is not { Length: > 0 } found)
        {
            return "id must be a string";
        }

        id = found;
        if (expectedId is not null && id != expectedId)
        {
            return $"id must be {expectedId}";
        }

        if (!resource.Has("meta"u8, out var meta) || meta.ValueKind != JsonValueKind.Object)
        {
            return "meta must be there";
        }

        if (!meta.Has("resourceType"u8, out var type) || !type.Is(resourceType))
        {
            return $"meta.resourceType must be {resourceType}";
        }

        var location = $"{baseUrl}/{resourceType}s/{id}";
        if (!meta.Has("location"u8, out var address) || !address.Is(location))
        {
            return $"meta.location must be {location}";
        }

        if (!HasDate(meta, "created"u8) || !HasDate(meta, "lastModified"u8))
        {
            return "meta.created and meta.lastModified must be dates";
        }

        version = meta.Has("version"u8, out var tag) && tag.ValueKind == JsonValueKind.String ? tag.Text() : null;
        return string.IsNullOrEmpty(version) ? "meta.version must be a string" : null;
    }

    private static bool HasDate(JsonElement meta, ReadOnlySpan<byte> name)
        => meta.Has(name, out var date) && date.ValueKind == JsonValueKind.String && date.TryGetDateTimeOffset(out _);
}
