using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Api.Admin;
using Api.Explorer;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Explorer;

/// <summary>Every example of the documents runs as it stands, in the order that <c>x-run</c> gives, on a fresh server.</summary>
public sealed class ExampleTests
{
    private readonly Dictionary<string, string> taken = new(StringComparer.Ordinal);

    [Fact]
    public async Task Examples_InTheirOrder_AreAnsweredAsDocumented()
    {
        await using var server = await TestServer.Start();
        var examples = (await DocumentedOperation.Read(server)).Where(o => o.Operation["x-run"] is not null).ToList();
        var steps = examples.SelectMany(o => o.Operation["x-run"]!["steps"]!.AsArray().Select(s => (Step: (int)s!, Example: o))).OrderBy(s => s.Step).ToList();
        steps.ShouldNotBeEmpty();
        var hasBackups = server.Services.GetRequiredService<IBackups>().GetType().Name != "NoBackups";

        foreach (var (step, example) in steps)
        {
            var run = example.Operation["x-run"]!;
            var expected = (int)run["status"]!;
            if (!hasBackups && example.Path.EndsWith("/backups", StringComparison.Ordinal))
            {
                expected = 501;
            }

            example.Responses.Keys.ShouldContain($"{expected}", example.Key);
            if (example.Has("If-Match"))
            {
                var (refused, told, _) = await Send(server, example, "If-Match", "\"0\"");
                refused.ShouldBe(412, $"step {step}, If-Match of another version: {told}");
            }

            var key = example.Has("Idempotency-Key") ? $"step {step}" : null;
            var (status, text, tag) = await Send(server, example, "Idempotency-Key", key);
            status.ShouldBe(expected, $"step {step}, {example.Key}: {text}");
            if (key is not null)
            {
                (await Send(server, example, "Idempotency-Key", key)).ShouldBe((status, text, tag), $"step {step}, {example.Key}, sent again with its key");
            }

            if (example.Method == "GET")
            {
                var again = tag is null ? expected : (await Send(server, example, "If-None-Match", tag)).Status;
                again.ShouldBe(example.Has("If-None-Match") ? 304 : expected, $"step {step}, {example.Key}, If-None-Match");
            }

            foreach (var (name, member) in run["take"] as JsonObject ?? [])
            {
                // A member's name, or where it stands further down: units/0/id.
                var found = ((string)member!).Split('/').Aggregate(JsonNode.Parse(text), (node, part) => int.TryParse(part, out var index) ? node![index] : node![part]);
                taken[name] = (string)found!;
            }
        }
    }

    [Fact]
    public async Task Operations_EachOne_HasAnExample() =>
        (await DocumentedOperation.Read(await TestServer.Shared))
            .Where(o => o.Operation["x-run"] is null)
            .Select(o => $"{o.Method} {o.Path}")
            .ShouldBeEmpty("Add an example of each: of the admin API to src/Api/Explorer/admin-examples.json (docs/explorer.md).");

    [Fact]
    public async Task Examples_EachOne_IsOfAnOperation_AndOfItsParameters()
    {
        var operations = (await DocumentedOperation.Read(await TestServer.Shared)).ToDictionary(o => $"{o.Method} {o.Path}", StringComparer.Ordinal);
        foreach (var (name, example) in (JsonObject)JsonNode.Parse(ExplorerFile.Examples.Value!.Bytes)!)
        {
            var operation = operations.GetValueOrDefault(name).ShouldNotBeNull($"admin-examples.json has {name}, which is not there");
            foreach (var place in new[] { "path", "query" })
            {
                var known = operation.Parameters.Where(p => (string?)p["in"] == place).Select(p => (string)p["name"]!);
                (example![place] as JsonObject ?? []).Select(p => p.Key).Except(known).ShouldBeEmpty($"admin-examples.json, {name}: {place}");
            }
        }
    }

    private async Task<(int Status, string Text, string? Tag)> Send(TestServer server, DocumentedOperation example, string header, string? value)
    {
        using var request = Request(server, example);
        if (value is not null)
        {
            request.Headers.Add(header, value);
        }

        using var response = await server.Http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.ETag?.ToString());
    }

    private HttpRequestMessage Request(TestServer server, DocumentedOperation example)
    {
        var path = example.Path;
        var query = new List<string>();
        foreach (var parameter in example.Parameters)
        {
            var name = (string)parameter["name"]!;
            var value = parameter["example"] is { } given ? Filled(given.ToString()) : null;
            if ((string?)parameter["in"] == "path")
            {
                path = path.Replace($"{{{name}}}", Uri.EscapeDataString(value ?? taken[name]), StringComparison.Ordinal);
            }
            else if (value is not null)
            {
                query.Add($"{name}={Uri.EscapeDataString(value)}");
            }
        }

        var address = server.Url + path + (query.Count == 0 ? "" : "?" + string.Join('&', query));
        var request = new HttpRequestMessage(new HttpMethod(example.Method), address);
        var scheme = example.Security.OfType<JsonObject>().SelectMany(s => s).Select(s => s.Key).FirstOrDefault();
        if (scheme is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", scheme == "adminKey" ? server.AdminKey : taken[scheme]);
        }

        if (example.Operation["requestBody"]?["content"] is JsonObject { Count: > 0 } content && content.First() is var (type, shape) && shape!["example"] is { } body)
        {
            request.Content = type == "application/x-www-form-urlencoded"
                ? new FormUrlEncodedContent(((JsonObject)body).Select(f => KeyValuePair.Create(f.Key, Filled((string)f.Value!))))
                : new StringContent(Filled(body is JsonValue text ? (string)text! : body.ToJsonString()), Encoding.UTF8, type);
        }

        return request;
    }

    /// <summary>Puts in what earlier answers gave: ids and secrets that the server draws.</summary>
    private string Filled(string text) => taken.Aggregate(text, (t, known) => t.Replace($"{{{known.Key}}}", known.Value, StringComparison.Ordinal));
}
