using System.Text.Json;
using Entra.Requests;

namespace Entra.Verification;

/// <summary>A <c>ListResponse</c> (RFC 7644 §3.4.2), checked to be one.</summary>
internal readonly record struct ListPage(int TotalResults, int? StartIndex, JsonElement[] Resources)
{
    /// <summary>Reads it; returns what is wrong, or null.</summary>
    public static string? Read(JsonElement answer, out ListPage page)
    {
        page = new ListPage(0, null, []);
        if (answer.ValueKind != JsonValueKind.Object
            || !answer.Has("schemas"u8, out var schemas)
            || schemas.ValueKind != JsonValueKind.Array
            || !schemas.EnumerateArray().Any(urn => urn.Is(SchemaUrns.ListResponse)))
        {
            return "the body must be a ListResponse";
        }

        if (!answer.Has("totalResults"u8, out var total) || total.Number() is not { } totalResults)
        {
            return "totalResults must be a number";
        }

        JsonElement[] resources = answer.Has("Resources"u8, out var listed) && listed.ValueKind == JsonValueKind.Array
            ? [.. listed.EnumerateArray()]
            : [];
        if (answer.Has("itemsPerPage"u8, out var perPage) && perPage.Number() != resources.Length)
        {
            return $"itemsPerPage must be the {resources.Length} resources there are";
        }

        int? startIndex = answer.Has("startIndex"u8, out var start) ? start.Number() : null;
        page = new ListPage(totalResults, startIndex, resources);
        return null;
    }

    public string? DifferenceInTotal(int expected)
        => TotalResults != expected
            ? $"totalResults must be {expected}"
            : Resources.Length > expected ? $"there must be no more than {expected} resources" : null;
}
