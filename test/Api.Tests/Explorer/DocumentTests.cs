using Api.Tests.Security;

namespace Api.Tests.Explorer;

/// <summary>The OpenAPI documents are whole: whoever maps a route documents it.</summary>
public sealed class DocumentTests
{
    /// <summary>What is no operation of its own: the documents themselves, and what is not there.</summary>
    private static readonly string[] NotDocumented = ["/openapi/{documentName}.json", "/openapi/scim.json", "/scim/v2/{**rest}"];

    /// <summary>One operation that is answered the same below and beside its path.</summary>
    private static readonly Dictionary<string, string> Same = new(StringComparer.Ordinal) { ["/scim/v2/Me/{**rest}"] = "/scim/v2/Me" };

    /// <summary>What a key does not open: it asks for a proof of its own, or for none.</summary>
    private static readonly string[] Open = ["/oauth2", "/.well-known", "/setup"];

    [Fact]
    public async Task Documents_OfEveryMappedRoute_HaveAnOperation()
    {
        var documented = (await DocumentedOperation.Read(await TestServer.Shared)).Select(o => o.Key).ToHashSet(StringComparer.Ordinal);
        var missing = EndpointTable.Scim.Concat(EndpointTable.Admin).Concat(EndpointTable.Open)
            .Where(e => e.Method != "HEAD" && !IsRefused(e))
            .Select(e => e with { Pattern = Documented(e.Pattern) })
            .Where(e => !NotDocumented.Contains(e.Pattern, StringComparer.Ordinal) && !documented.Contains(DocumentedOperation.Normal(e.Method, e.Pattern)))
            .Distinct()
            .ToList();

        missing.ShouldBeEmpty(
            "These routes are in neither OpenAPI document. One of the admin API: do not exclude it from description. " +
            "Another: add it to src/Api/Explorer/scim.json.");
    }

    [Fact]
    public async Task Documents_EachOperation_IsDescribedWhole()
    {
        var faults = new List<string>();
        foreach (var operation in await DocumentedOperation.Read(await TestServer.Shared))
        {
            var responses = operation.Responses;
            foreach (var parameter in operation.Parameters)
            {
                Need(parameter["description"] is not null, $"words about '{parameter["name"]}': in admin-parameters.json, for the admin API");
            }

            Need(operation.Operation["summary"] is not null, "a summary: WithSummary(…)");
            Need(operation.Operation["tags"] is not null, "a tag: WithTags(…)");
            Need(responses.Keys.Any(s => s[0] is '2') || responses.ContainsKey("501"), "what it answers when all is well: TypedResults or Produces(…)");
            if (operation.Path.StartsWith("/health", StringComparison.Ordinal))
            {
                continue;
            }

            var isOpen = Open.Any(o => operation.Path.StartsWith(o, StringComparison.Ordinal));
            Need(isOpen || operation.Security.Count > 0, "how to get in: a security requirement, of the document or its own");
            Need(isOpen || responses.ContainsKey("401"), "401: ProducesProblem(401), on its group say");
            Need(operation.Path == "/setup" && operation.Method == "GET" || responses.Keys.Any(s => s[0] is '4'), "a 4xx answer");
            foreach (var (status, response) in responses.Where(r => r.Key[0] is '4' or '5'))
            {
                Need(response["content"] is not null, $"the shape of its {status}: ProducesProblem({status})");
            }

            void Need(bool has, string what)
            {
                if (!has)
                {
                    faults.Add($"{operation.Method} {operation.Path} lacks {what}");
                }
            }
        }

        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Documents_Each_SaysWhatItIs()
    {
        foreach (var document in (await DocumentedOperation.Read(await TestServer.Shared)).Select(o => o.Document).Distinct())
        {
            ((string?)document["info"]!["title"]).ShouldNotBeNullOrEmpty();
            ((string?)document["info"]!["description"]).ShouldNotBeNullOrEmpty();
            document["components"]!["securitySchemes"]!.AsObject().Count.ShouldBeGreaterThan(0);
        }
    }

    private static string Documented(string pattern)
    {
        const string PathForm = "/directories/{directory}";
        const string OfDirectory = "/.well-known/oauth-authorization-server";
        var shared = pattern.StartsWith(PathForm, StringComparison.Ordinal) ? pattern[PathForm.Length..]
            : pattern.StartsWith(OfDirectory, StringComparison.Ordinal) ? OfDirectory
            : pattern;
        return Same.GetValueOrDefault(shared, shared);
    }

    /// <summary>The table has methods that are refused, too.</summary>
    private static bool IsRefused(EndpointCase endpoint) => (endpoint.Method, Documented(endpoint.Pattern)) is
        ("PUT", "/scim/v2/Users") or ("POST", "/scim/v2/Users/{id}") or ("GET", "/scim/v2/Bulk") or ("DELETE", "/scim/v2/Me") or ("POST", "/scim/v2/{**rest}");
}
