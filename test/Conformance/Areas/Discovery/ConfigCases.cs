using System.Text.Json;
using System.Text.Json.Nodes;

namespace Conformance.Areas.Discovery;

/// <summary><c>/ServiceProviderConfig</c> (RFC 7643 §5, RFC 7644 §4).</summary>
internal static class ConfigCases
{
    private const string Path = "/ServiceProviderConfig";
    private const string Source = "RFC 7643 §5";
    private static readonly string[] Features = ["patch", "bulk", "filter", "changePassword", "sort", "etag"];

    public static IEnumerable<Case> All =>
    [
        Must("discovery.config.schema", "The document has the ServiceProviderConfig schema", Source, async t =>
            (await t.Get(Path)).Is(200).HasJson("schemas", """["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"]""")),
        .. Features.Select(feature => Must(
            $"discovery.config.{feature.ToLowerInvariant()}-supported",
            $"'{feature}.supported' is true or false",
            Source,
            async t =>
            {
                var answer = (await t.Get(Path)).Is(200);
                answer.True(answer.Boolean($"{feature}/supported") is not null, $"'{feature}.supported' is a boolean");
            })),
        Must("discovery.config.bulk-limits", "'bulk' has whole numbers maxOperations and maxPayloadSize", Source, async t =>
        {
            var answer = (await t.Get(Path)).Is(200);
            answer.True(answer.Number("bulk/maxOperations") >= 0, "'bulk.maxOperations' is not negative");
            answer.True(answer.Number("bulk/maxPayloadSize") >= 0, "'bulk.maxPayloadSize' is not negative");
        }),
        Must("discovery.config.filter-limit", "'filter' has a whole number maxResults", Source, async t =>
        {
            var answer = (await t.Get(Path)).Is(200);
            answer.True(answer.Number("filter/maxResults") >= 0, "'filter.maxResults' is not negative");
        }),
        Must("discovery.config.authentication", "Each of 'authenticationSchemes' has type, name and description", Source, async t =>
        {
            var answer = (await t.Get(Path)).Is(200);
            foreach (var scheme in answer.Array("authenticationSchemes"))
            {
                foreach (var name in (string[])["type", "name", "description"])
                {
                    answer.True(scheme?[name]?.GetValueKind() == JsonValueKind.String, $"each authentication scheme has a '{name}'");
                }
            }
        }),
        Must("discovery.config.authentication-type", "'authenticationSchemes' have types that the RFC names", Source, async t =>
        {
            var answer = (await t.Get(Path)).Is(200);
            string[] known = ["oauth", "oauth2", "oauthbearertoken", "httpbasic", "httpdigest"];
            answer.True(
                answer.Values("authenticationSchemes", "type").All(type => known.Contains(type, StringComparer.Ordinal)),
                $"types are of {string.Join(", ", known)}");
        }),
        Must("discovery.config.no-id", "The document needs no id, and one it has is a string", Source, async t =>
        {
            var answer = (await t.Get(Path)).Is(200);
            answer.True(answer.At("id") is null || answer.String("id").Length > 0, "'id' is absent or a string");
        }),
        Should("discovery.config.meta", "'meta' has the resource type and the location", "RFC 7643 §3.1", async t =>
        {
            var answer = (await t.Get(Path)).Is(200).Has("meta/resourceType", "ServiceProviderConfig");
            answer.True(answer.String("meta/location").EndsWith(Path, StringComparison.Ordinal), $"'meta.location' ends in {Path}");
        }),
        Must("discovery.config.pagination", "'pagination', where it is, says true or false for index and cursor", "RFC 9865 §4", async t =>
        {
            var answer = (await t.Get(Path)).Is(200);
            Attempt.Needs(answer.At("pagination") is JsonObject, "'pagination' in /ServiceProviderConfig");
            answer.True(answer.Boolean("pagination/cursor") is not null, "'pagination.cursor' is a boolean");
            answer.True(answer.Boolean("pagination/index") is not null, "'pagination.index' is a boolean");
        }),
        Must("discovery.config.pagination-default", "'pagination.defaultPaginationMethod', where it is, is cursor or index", "RFC 9865 §4", async t =>
        {
            var answer = (await t.Get(Path)).Is(200);
            Attempt.Needs(answer.At("pagination/defaultPaginationMethod") is not null, "'pagination.defaultPaginationMethod'");
            answer.True(answer.String("pagination/defaultPaginationMethod") is "cursor" or "index", "the method is cursor or index");
        }),
        Must("discovery.config.pagination-sizes", "Page sizes, where they are told, are whole numbers above 0", "RFC 9865 §4", async t =>
        {
            var answer = (await t.Get(Path)).Is(200);
            Attempt.Needs(answer.At("pagination/maxPageSize") is not null && answer.At("pagination/defaultPageSize") is not null, "page sizes in 'pagination'");
            answer.True(answer.Number("pagination/defaultPageSize") > 0, "'pagination.defaultPageSize' is above 0");
            answer.True(answer.Number("pagination/maxPageSize") >= answer.Number("pagination/defaultPageSize"), "'maxPageSize' is not below 'defaultPageSize'");
        }),
    ];
}
