using System.Text.Json;
using System.Text.Json.Nodes;
using Api.Admin.Requests;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Api.Admin;

/// <summary>JSON Merge Patch (RFC 7396).</summary>
internal static class MergePatch
{
    public const string MediaType = "application/merge-patch+json";

    /// <summary>The body of a request whose members were found to be of the right types.</summary>
    public static JsonObject Of(HttpContext http) => JsonNode.Parse(http.Features.GetRequiredFeature<AdminBody>().Utf8)!.AsObject();

    /// <summary>What a value is after a patch.</summary>
    public static T Apply<T>(HttpContext http, T value, JsonObject patch)
    {
        var options = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        return Merge(JsonSerializer.SerializeToNode(value, options), patch).Deserialize<T>(options)!;
    }

    private static JsonNode? Merge(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
        {
            return patch?.DeepClone();
        }

        var merged = target as JsonObject ?? [];
        foreach (var (name, change) in changes)
        {
            if (change is null)
            {
                merged.Remove(name);
            }
            else
            {
                var old = merged[name];
                merged.Remove(name);
                merged[name] = Merge(old, change);
            }
        }

        return merged;
    }
}
