namespace Api.Tests.Security;

/// <summary>What an admin key does not open does not exist for it, and nothing but an admin key opens anything.</summary>
public sealed class AdminIsolationTests(IsolationWorld world) : IClassFixture<IsolationWorld>
{
    private const string Nothing = "no-such-thing";

    public static TheoryData<EndpointCase> Endpoints => [.. EndpointTable.Admin];

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task AnyEndpoint_CredentialThatDoesNotOpen_IsAlwaysTheSame401(EndpointCase endpoint)
    {
        var tokens = world.DeadDirectoryTokens
            .Where(t => !t.Key.StartsWith("an admin key", StringComparison.Ordinal))
            .Append(new("a directory's token", world.Other.Token))
            .Append(new("a directory's access token", world.OtherAccessToken))
            .Append(new("a revoked admin key", world.RevokedAdminKey))
            .Append(new("an expired admin key", world.ExpiredAdminKey))
            .Append(new("an invented admin key", "msa_" + new string('A', 51)))
            .Append(new("an admin key, last character changed", world.Server.AdminKey![..^1] + (world.Server.AdminKey[^1] == 'A' ? 'B' : 'A')));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (kind, token) in tokens)
        {
            foreach (var (tenant, directory, key) in new[] { (world.Other.Tenant, world.Other.Id, world.Other.KeyId), (Nothing, Nothing, Nothing) })
            {
                // Whoever may not come in learns nothing of what a good body would be, either.
                foreach (var body in endpoint.Body is null ? new string?[] { null } : [endpoint.Body, "{", "{}", "[]", "null"])
                {
                    var answer = await Send(endpoint, token, tenant, directory, key, body);
                    answer.Status.ShouldBe(401, $"{kind}, body {body}");
                    seen.Add(WithoutTraceId(answer.ShouldBeProblem(401)));
                }
            }
        }

        seen.ShouldHaveSingleItem();
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task AnyEndpoint_AdminKeyOfAnotherTenant_AnswersAsForWhatIsNot(EndpointCase endpoint)
    {
        if (!endpoint.Pattern.Contains('{', StringComparison.Ordinal))
        {
            return;
        }

        var before = await world.Other.Everything();

        var existing = await Send(endpoint, world.TenantAdminKey, world.Other.Tenant, world.Other.Id, world.Other.KeyId, endpoint.Body);
        var missing = await Send(endpoint, world.TenantAdminKey, Nothing, Nothing, Nothing, endpoint.Body);

        existing.Status.ShouldBeOneOf(403, 404);
        WithoutTraceId(existing).ShouldBe(WithoutTraceId(missing));
        (await world.Other.Everything()).ShouldBe(before);
        (await world.Server.Admin.Get($"/directories/{world.Other.Id}/keys")).ShouldBe(200).Text.ShouldContain(world.Other.KeyId);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task AnyEndpoint_ReadOnlyKeyOfAnotherTenant_AnswersAsForWhatIsNot(EndpointCase endpoint)
    {
        if (!endpoint.Pattern.Contains('{', StringComparison.Ordinal))
        {
            return;
        }

        var before = await world.Other.Everything();

        var existing = await Send(endpoint, world.TenantReadOnlyKey, world.Other.Tenant, world.Other.Id, world.Other.KeyId, endpoint.Body);
        var missing = await Send(endpoint, world.TenantReadOnlyKey, Nothing, Nothing, Nothing, endpoint.Body);

        existing.Status.ShouldBe(endpoint.Method == "GET" ? 404 : 403);
        WithoutTraceId(existing).ShouldBe(WithoutTraceId(missing));
        (await world.Other.Everything()).ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task AnyEndpoint_ReadOnlyKey_ReadsAsAnyKeyAndChangesNothing(EndpointCase endpoint)
    {
        if (endpoint.Method == "GET")
        {
            var read = await Send(endpoint, world.ReadOnlyKey, world.Other.Tenant, world.Other.Id, world.Other.KeyId, body: null);
            var readByAny = await Send(endpoint, world.Server.AdminKey, world.Other.Tenant, world.Other.Id, world.Other.KeyId, body: null);

            read.Status.ShouldBe(readByAny.Status);
            read.Status.ShouldNotBeOneOf(401, 403);
            return;
        }

        var before = await world.Other.Everything();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (tenant, directory, key) in new[] { (world.Other.Tenant, world.Other.Id, world.Other.KeyId), (Nothing, Nothing, Nothing) })
        {
            foreach (var body in endpoint.Body is null ? new string?[] { null } : [endpoint.Body, "{", "{}"])
            {
                var answer = await Send(endpoint, world.ReadOnlyKey, tenant, directory, key, body);
                answer.ShouldBeProblem(403).String("type").ShouldBe("urn:muster:problem:read-only-key");
                seen.Add(WithoutTraceId(answer));
            }
        }

        seen.ShouldHaveSingleItem();
        (await world.Other.Everything()).ShouldBe(before);
    }

    [Fact]
    public async Task Lists_AdminKeyOfATenant_ShowThatTenantAlone()
    {
        var admin = world.Server.Client("/admin/v1", world.TenantAdminKey);

        var tenants = (await admin.Get("/tenants")).ShouldBe(200);
        var own = (await admin.Get($"/tenants/{world.Mine.Tenant}/directories")).ShouldBe(200);

        tenants.Json["items"]!.AsArray().Select(t => t!["id"]!.GetValue<string>()).ShouldBe([world.Mine.Tenant]);
        own.Text.ShouldContain(world.Mine.Id);
        own.Text.ShouldNotContain(world.Other.Id);
    }

    [Theory]
    [InlineData("POST", "/tenants", """{"name":"T"}""")]
    [InlineData("POST", "/keys", """{"name":"more power"}""")]
    [InlineData("GET", "/audit", null)]
    [InlineData("POST", "/backups", null)]
    [InlineData("GET", "/backups", null)]
    public async Task PlatformEndpoint_AdminKeyOfATenant_Is403(string method, string path, string? body) =>
        (await world.Server.Client("/admin/v1", world.TenantAdminKey).Send(method, path, body)).ShouldBeProblem(403);

    [Fact]
    public async Task DirectoryKey_OfAnotherDirectory_IsNotRemovedThroughMine()
    {
        var admin = world.Server.Client("/admin/v1", world.TenantAdminKey);

        (await admin.Delete($"/directories/{world.Mine.Id}/keys/{world.Other.KeyId}")).ShouldBeProblem(404);

        (await world.Other.Scim.Get("/Users?count=0")).ShouldBe(200);
    }

    private static string WithoutTraceId(Answer answer) =>
        answer.Visible(hide: answer.Body.Length > 0 ? answer.String("traceId") ?? "" : "");

    private Task<Answer> Send(EndpointCase endpoint, string? token, string tenant, string directory, string key, string? body)
    {
        var path = endpoint.Pattern[EndpointTable.AdminPrefix.Length..]
            .Replace("{tenant}", tenant, StringComparison.Ordinal)
            .Replace("{directory}", directory, StringComparison.Ordinal)
            .Replace("{key}", key, StringComparison.Ordinal)
            .Replace("{link}", directory == world.Other.Id ? world.OtherSetupLink : Nothing, StringComparison.Ordinal)
            .Replace("{client}", directory == world.Other.Id ? world.OtherClient : Nothing, StringComparison.Ordinal);
        return world.Server.Client("/admin/v1", token).Send(endpoint.Method, path, body);
    }
}
