namespace Conformance.Areas.Discovery;

/// <summary>What the three discovery endpoints have in common (RFC 7644 §4).</summary>
internal static class EndpointCases
{
    private const string Source = "RFC 7644 §4";
    private static readonly (string Name, string Path)[] Endpoints =
        [("config", "/ServiceProviderConfig"), ("types", "/ResourceTypes"), ("schemas", "/Schemas")];

    public static IEnumerable<Case> All =>
    [
        .. Endpoints.SelectMany(Common),
        .. Endpoints[1..].SelectMany(Lists),
    ];

    private static IEnumerable<Case> Common((string Name, string Path) endpoint)
    {
        var (name, path) = endpoint;
        yield return Must($"discovery.{name}.media-type", $"GET {path} is application/scim+json", "RFC 7644 §3.1", async t =>
            (await t.Get(path)).Is(200).HasHeader("Content-Type", v => v.StartsWith(ScimClient.MediaType, StringComparison.OrdinalIgnoreCase), $"is {ScimClient.MediaType}"));
        yield return Must($"discovery.{name}.head", $"HEAD {path} is as GET without a body", "RFC 9110 §9.3.2", async t =>
        {
            var answer = (await t.Send("HEAD", path, body: null)).Is(200);
            answer.True(answer.Bytes.Length == 0, "no body");
        });
        foreach (var method in (string[])["POST", "PUT", "PATCH", "DELETE"])
        {
            yield return Must($"discovery.{name}.{method.ToLowerInvariant()}-refused", $"{method} {path} is 405", "RFC 7644 §4; scim2-tester", async t =>
                (await t.Send(method, path, method == "DELETE" ? null : "{}")).Is(405));
        }

        yield return Must($"discovery.{name}.stable", $"GET {path} twice is the same twice", Source, async t =>
        {
            var first = (await t.Get(path)).Is(200);
            var second = (await t.Get(path)).Is(200);
            second.True(first.Text == second.Text, $"the same answer as before: {Exchange.Short(first.Text)}");
        });
    }

    private static IEnumerable<Case> Lists((string Name, string Path) endpoint)
    {
        var (name, path) = endpoint;
        yield return Must($"discovery.{name}.list", $"GET {path} is a ListResponse of all", Source, async t =>
        {
            var answer = (await t.Get(path)).Is(200).HasJson("schemas", $"""["{Urns.List}"]""");
            answer.True(answer.TotalResults == answer.Resources.Count && answer.TotalResults > 0, "'totalResults' counts the resources");
        });
        yield return Must($"discovery.{name}.filter-403", $"GET {path} with a filter is 403", Source, async t =>
            (await t.Get(path + "?filter=name%20eq%20%22User%22")).IsError(403));
        yield return Must($"discovery.{name}.paging-ignored", $"GET {path} ignores paging, sorting and attributes", Source, async t =>
        {
            var all = (await t.Get(path)).Is(200);
            var answer = (await t.Get(path + "?startIndex=2&count=1&sortBy=name&attributes=id")).Is(200);
            answer.True(answer.Resources.Count == all.Resources.Count, $"all {all.Resources.Count} of them");
        });
        yield return Must($"discovery.{name}.unknown-404", $"GET {path}/<unknown> is a 404 error", "RFC 7644 §3.12; scim2-tester", async t =>
            (await t.Get($"{path}/{t.Name()}")).IsError(404));
        yield return Must($"discovery.{name}.each", $"Each of {path} is found under its id, as it stands in the list", Source, async t =>
        {
            foreach (var listed in (await t.Get(path)).Is(200).Resources)
            {
                var id = (listed["id"] ?? listed["name"])!.ToString();
                var one = (await t.Get($"{path}/{id}")).Is(200);
                one.True(System.Text.Json.Nodes.JsonNode.DeepEquals(one.Json, listed), $"the same as in the list: {Exchange.Short(Json.Text(listed))}");
            }
        });
        yield return Must($"discovery.{name}.location", $"Each of {path} has a meta.location at which it is found", "RFC 7643 §3.1", async t =>
        {
            var answer = (await t.Get(path)).Is(200);
            foreach (var listed in answer.Resources)
            {
                var location = Json.At(listed, "meta/location")?.ToString() ?? "";
                answer.True(location.StartsWith(t.Client.Url + path, StringComparison.Ordinal), $"locations below {t.Client.Url}{path}, and not '{location}'");
                (await t.Get(location[t.Client.Url.Length..])).Is(200);
            }
        });
    }
}
