using System.Text.Json;
using System.Text.Json.Nodes;
using Scim.Errors;
using Scim.Resources;

namespace Scim.Paging;

/// <summary>
/// What a query asks for, by the parameters of a GET (RFC 7644 §3.4.2) or by the body of a POST to <c>/.search</c> (§3.4.3). Names in it are
/// those of the client; whether they name something is found out where the resource type is known.
/// </summary>
/// <param name="Attributes">Names with commas between, or null.</param>
/// <param name="ExcludedAttributes">The same, of what to leave out.</param>
/// <param name="Filter">The filter, or null.</param>
/// <param name="SortBy">The attribute to sort by, or null.</param>
/// <param name="Descending">Whether the greatest comes first.</param>
/// <param name="Page">Which part of the list.</param>
public sealed record SearchRequest(
    string? Attributes, string? ExcludedAttributes, string? Filter, string? SortBy, bool Descending, ListRequest Page)
{
    /// <summary>The URN of the message.</summary>
    public const string Schema = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

    private static readonly string[] Members =
        ["schemas", "attributes", "excludedAttributes", "filter", "sortBy", "sortOrder", "startIndex", "count", "cursor"];

    /// <summary>Takes the parameters of a GET; null where the request has none.</summary>
    /// <param name="attributes">Names with commas between.</param>
    /// <param name="excludedAttributes">The same, of what to leave out.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="sortBy">The attribute to sort by.</param>
    /// <param name="sortOrder"><c>ascending</c> or <c>descending</c>.</param>
    /// <param name="startIndex">For paging by index.</param>
    /// <param name="count">The size of a page.</param>
    /// <param name="cursor">For paging by cursor.</param>
    /// <param name="limits">How many resources one answer lists.</param>
    /// <returns>The request, or 400 that names the parameter at fault.</returns>
    public static Result<SearchRequest> Of(
        string? attributes,
        string? excludedAttributes,
        string? filter,
        string? sortBy,
        string? sortOrder,
        string? startIndex,
        string? count,
        string? cursor,
        ListLimits? limits = null)
    {
        bool? descending = sortOrder switch
        {
            null => false,
            _ when string.Equals(sortOrder, "ascending", StringComparison.OrdinalIgnoreCase) => false,
            _ when string.Equals(sortOrder, "descending", StringComparison.OrdinalIgnoreCase) => true,
            _ => null,
        };
        if (descending is not { } isDescending)
        {
            return ScimError.InvalidValue("'sortOrder' must be 'ascending' or 'descending'.");
        }

        return ListRequest.Parse(startIndex, count, limits, cursor).TryGet(out var page, out var error)
            ? new SearchRequest(attributes, excludedAttributes, filter, sortBy, isDescending, page)
            : error;
    }

    /// <summary>Reads the body of a POST to <c>/.search</c>.</summary>
    /// <param name="utf8">The body.</param>
    /// <param name="dialect">The tolerant dialects do without <c>schemas</c>.</param>
    /// <param name="limits">How many resources one answer lists.</param>
    /// <returns>The request, or 400 that names the member at fault. A member that a search does not have is one: a misspelt filter must not find everyone.</returns>
    public static Result<SearchRequest> Read(ReadOnlySpan<byte> utf8, Dialect dialect, ListLimits? limits = null)
    {
        if (!JsonBody.Parse(utf8).TryGet(out var body, out var error))
        {
            return error;
        }

        foreach (var (name, _) in body)
        {
            if (!Members.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                return ScimError.InvalidSyntax($"'{Shown.Text(name)}' is no member of a search.");
            }
        }

        error = SchemasFault(body["schemas"], dialect);
        var attributes = Names(body, "attributes", ref error);
        var excluded = Names(body, "excludedAttributes", ref error);
        var filter = Text(body, "filter", ref error);
        var sortBy = Text(body, "sortBy", ref error);
        var sortOrder = Text(body, "sortOrder", ref error);
        var cursor = Text(body, "cursor", ref error);
        var startIndex = Number(body, "startIndex");
        var count = Number(body, "count");
        return error is null ? Of(attributes, excluded, filter, sortBy, sortOrder, startIndex, count, cursor, limits) : error;
    }

    private static ScimError? SchemasFault(JsonNode? schemas, Dialect dialect)
    {
        if (schemas is null && dialect != Dialect.Strict)
        {
            return null;
        }

        return schemas is JsonArray urns && urns.Any(urn => string.Equals(TextOf(urn), Schema, StringComparison.OrdinalIgnoreCase))
            ? null
            : ScimError.InvalidSyntax($"'schemas' must include '{Schema}'.");
    }

    private static string? Names(JsonObject body, string member, ref ScimError? error)
    {
        if (body[member] is not { } value)
        {
            return null;
        }

        if (value is JsonArray names && names.All(name => TextOf(name) is not null))
        {
            return string.Join(',', names.Select(TextOf));
        }

        error ??= ScimError.InvalidValue($"'{member}' must be an array of strings.");
        return null;
    }

    private static string? Text(JsonObject body, string member, ref ScimError? error)
    {
        if (body[member] is not { } value)
        {
            return null;
        }

        var text = TextOf(value);
        error ??= text is null ? ScimError.InvalidValue($"'{member}' must be a string.") : null;
        return text;
    }

    /// <summary>A number as it was written; anything else as what is no number, to be refused with it.</summary>
    private static string? Number(JsonObject body, string member) => body[member] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => value.ToJsonString(),
        _ => "",
    };

    private static string? TextOf(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
