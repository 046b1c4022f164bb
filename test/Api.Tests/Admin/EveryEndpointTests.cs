using Api.Tests.Security;

namespace Api.Tests.Admin;

/// <summary>What holds for each endpoint of the admin API.</summary>
public sealed class EveryEndpointTests(IsolationWorld world) : IClassFixture<IsolationWorld>
{
    /// <summary>Reads its body, lines and not JSON, itself.</summary>
    private const string Import = "/import";

    public static TheoryData<EndpointCase> Endpoints => [.. EndpointTable.Admin];

    public static TheoryData<EndpointCase> WithBody => [.. EndpointTable.Admin.Where(e => e.Body is not null && !e.Pattern.EndsWith(Import, StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task AnyEndpoint_ParametersItDoesNotHave_AreFaults(EndpointCase endpoint) =>
        (await Send(endpoint, "?nope=1&nor=2", endpoint.Body)).ShouldHaveFaults("nope", "nor");

    [Theory]
    [MemberData(nameof(WithBody))]
    public async Task AnyBody_MembersItDoesNotHave_AreFaults(EndpointCase endpoint)
    {
        var body = endpoint.Body!.TrimEnd()[..^1] + (endpoint.Body.Contains(':', StringComparison.Ordinal) ? "," : "") + "\"nope\":1,\"nor\":2}";

        (await Send(endpoint, "", body)).ShouldHaveFaults("#/nope", "#/nor");
    }

    [Theory]
    [MemberData(nameof(WithBody))]
    public async Task AnyBody_ThatIsNotAnObject_IsAFault(EndpointCase endpoint)
    {
        (await Send(endpoint, "", "[]")).ShouldHaveFaults("#");
        (await Send(endpoint, "", "{")).ShouldHaveFaults("#");
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task AnyList_IsGivenByPages(EndpointCase endpoint)
    {
        var page = await Send(endpoint, "?count=1", body: null);

        if (endpoint.Pattern.EndsWith("/backups/", StringComparison.Ordinal) && page.Status == 501)
        {
            // Storage that is not a file has backups of its own.
            return;
        }

        page.ShouldBe(200).Json["items"]!.AsArray().Count.ShouldBeLessThanOrEqualTo(1);
        page.Json.AsObject().Select(m => m.Key).ShouldBe(["items", "next"]);
        (page.Header("Link") is not null).ShouldBe(page.String("next") is not null);
        (await Send(endpoint, "?count=0&after=!", body: null)).ShouldHaveFaults("count", "after");
    }

    /// <summary>Those that end in the name of what they list.</summary>
    public static TheoryData<EndpointCase> Lists =>
    [
        .. EndpointTable.Admin.Where(e => e.Method == "GET" && !e.Pattern.EndsWith('}') && !NoLists.Contains(e.Pattern.TrimEnd('/').Split('/')[^1])),
    ];

    /// <summary>One thing each, or a stream; indexes, of which there are never many; and the events, a feed that has no end.</summary>
    private static readonly HashSet<string> NoLists =
        new(["{directory}", "schema", "provisioning", "request-log", "connection", "progress", "export", "events", "indexes", "metrics"], StringComparer.Ordinal);

    private Task<Answer> Send(EndpointCase endpoint, string query, string? body) =>
        world.Server.Admin.Send(endpoint.Method, world.Path(endpoint, exists: true) + query, body);
}
