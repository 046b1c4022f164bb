namespace Api.Tests.Security;

/// <summary>What an admin key does not open does not exist for it, and nothing but an admin key opens anything.</summary>
public sealed class AdminIsolationTests(IsolationWorld world) : IClassFixture<IsolationWorld>
{
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
            foreach (var exists in new[] { true, false })
            {
                // Whoever may not come in learns nothing of what a good body would be, either.
                foreach (var body in endpoint.Body is null ? new string?[] { null } : [endpoint.Body, "{", "{}", "[]", "null"])
                {
                    var answer = await Send(endpoint, token, exists, body);
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
        if (!IsOfATenant(endpoint))
        {
            return;
        }

        var before = await world.Other.Everything();

        var existing = await Send(endpoint, world.TenantAdminKey, exists: true, endpoint.Body);
        var missing = await Send(endpoint, world.TenantAdminKey, exists: false, endpoint.Body);

        existing.Status.ShouldBeOneOf(403, 404);
        WithoutTraceId(existing).ShouldBe(WithoutTraceId(missing));
        (await world.Other.Everything()).ShouldBe(before);
        (await world.Server.Admin.Get($"/directories/{world.Other.Id}/keys")).ShouldBe(200).Text.ShouldContain(world.Other.KeyId);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task AnyEndpoint_ReadOnlyKeyOfAnotherTenant_AnswersAsForWhatIsNot(EndpointCase endpoint)
    {
        if (!IsOfATenant(endpoint))
        {
            return;
        }

        var before = await world.Other.Everything();

        var existing = await Send(endpoint, world.TenantReadOnlyKey, exists: true, endpoint.Body);
        var missing = await Send(endpoint, world.TenantReadOnlyKey, exists: false, endpoint.Body);

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
            var read = await Send(endpoint, world.ReadOnlyKey, exists: true, body: null);
            var readByAny = await Send(endpoint, world.Server.AdminKey, exists: true, body: null);

            read.Status.ShouldBe(readByAny.Status);
            read.Status.ShouldBeOneOf([200, .. endpoint.Pattern.EndsWith("/backups/", StringComparison.Ordinal) ? [501] : Array.Empty<int>()]);
            return;
        }

        var before = await world.Other.Everything();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var exists in new[] { true, false })
        {
            foreach (var body in endpoint.Body is null ? new string?[] { null } : [endpoint.Body, "{", "{}"])
            {
                var answer = await Send(endpoint, world.ReadOnlyKey, exists, body);
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
    [InlineData("PUT", "/profiles/mine", "{}")]
    [InlineData("DELETE", "/profiles/isolated", null)]
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

    /// <summary>Profiles are read by every admin.</summary>
    private static bool IsOfATenant(EndpointCase endpoint) =>
        endpoint.Pattern.Contains('{', StringComparison.Ordinal) && !endpoint.Pattern.StartsWith($"{EndpointTable.AdminPrefix}/profiles", StringComparison.Ordinal);

    private Task<Answer> Send(EndpointCase endpoint, string? token, bool exists, string? body) =>
        world.Server.Client("/admin/v1", token).Send(endpoint.Method, world.Path(endpoint, exists), body);
}
