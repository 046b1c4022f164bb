namespace Api.Tests.Security;

/// <summary>Two tenants with a directory each, and every kind of credential that must not open the second one.</summary>
public sealed class IsolationWorld : IAsyncLifetime
{
    internal const string OtherUserName = "secret.person@other.example";
    internal const string OtherExternalId = "other-ext-77";
    internal const string OtherGroupName = "Secret project";

    private const string Profile = "isolated";

    private readonly ManualTimeProvider time = new();

    internal TestServer Server { get; private set; } = null!;

    /// <summary>The directory whose token the intruder has.</summary>
    internal TestDirectory Mine { get; private set; } = null!;

    /// <summary>The directory nothing of which must be seen.</summary>
    internal TestDirectory Other { get; private set; } = null!;

    internal string OtherUser { get; private set; } = "";

    internal string OtherGroup { get; private set; } = "";

    /// <summary>What the parts of the admin endpoints' addresses are for things of <see cref="Other"/> that are there.</summary>
    internal Dictionary<string, string> OtherParts { get; } = new(StringComparer.Ordinal);

    /// <summary>An admin key for the tenant of <see cref="Mine"/> alone.</summary>
    internal string TenantAdminKey { get; private set; } = "";

    /// <summary>An access token that opens <see cref="Other"/>.</summary>
    internal string OtherAccessToken { get; private set; } = "";

    internal string RevokedAdminKey { get; private set; } = "";

    internal string ExpiredAdminKey { get; private set; } = "";

    /// <summary>An admin key that may read all that the platform has.</summary>
    internal string ReadOnlyKey { get; private set; } = "";

    /// <summary>An admin key that may read what the tenant of <see cref="Mine"/> has.</summary>
    internal string TenantReadOnlyKey { get; private set; } = "";

    /// <summary>By name: what must open no SCIM endpoint of <see cref="Other"/>. Null for no token.</summary>
    internal Dictionary<string, string?> DeadDirectoryTokens { get; } = new(StringComparer.Ordinal);

    public async Task InitializeAsync()
    {
        Server = await TestServer.Start(time: time);
        Mine = await Server.MakeDirectory();
        (await Server.Admin.Put($"/profiles/{Profile}", $$"""
            {
              "name": "{{Profile}}", "title": "Isolated", "archive": {}, "invitations": true,
              "extensions": [{ "resourceType": "User", "schema": { "id": "urn:own", "name": "Own", "attributes": [{ "name": "own" }] } }],
              "customAttributes": "urn:own", "orgUnits": [{ "kind": "role", "paths": ["title"] }]
            }
            """)).ShouldBe(201);
        Other = await Server.MakeDirectory(more: $",\"profile\":\"{Profile}\"");
        OtherUser = (await Other.Scim.Post("/Users", Bodies.User(OtherUserName, $$""","externalId":"{{OtherExternalId}}","title":"Spy" """))).ShouldBe(201).Id;
        OtherGroup = await Other.MakeGroup(OtherGroupName, OtherUser);

        var keys = $"/directories/{Other.Id}/keys";
        var revoked = (await Server.Admin.Post(keys, """{"name":"revoked"}""")).ShouldBe(201);
        (await Server.Admin.Delete($"{keys}/{revoked.Id}")).ShouldBe(204);
        var expires = time.GetUtcNow().AddHours(1).ToString("O");
        var expired = (await Server.Admin.Post(keys, $$"""{"name":"expired","expires":"{{expires}}"}""")).ShouldBe(201);
        ExpiredAdminKey = (await Server.Admin.Post("/keys", $$"""{"name":"e","expires":"{{expires}}"}""")).ShouldBe(201).String("secret")!;
        var clients = $"/directories/{Other.Id}/clients";
        var (_, expiredAccess) = await AccessToken(clients);
        time.Advance(TimeSpan.FromHours(2));
        var (otherClient, otherAccess) = await AccessToken(clients);
        OtherAccessToken = otherAccess;
        await FindParts(otherClient);
        var (removedClient, removedAccess) = await AccessToken(clients);
        (await Server.Admin.Delete($"{clients}/{removedClient}")).ShouldBe(204);
        var (clientWithoutSecret, accessWithoutSecret) = await AccessToken(clients);
        var secrets = (await Server.Admin.Get($"{clients}/{clientWithoutSecret}")).ShouldBe(200).Json["secrets"]!.AsArray();
        (await Server.Admin.Delete($"{clients}/{clientWithoutSecret}/secrets/{secrets.Single()!["id"]}")).ShouldBe(204);
        TenantAdminKey = (await Server.Admin.Post("/keys", $$"""{"name":"t","tenant":"{{Mine.Tenant}}"}""")).ShouldBe(201).String("secret")!;
        ReadOnlyKey = (await Server.Admin.Post("/keys", """{"name":"r","readOnly":true}""")).ShouldBe(201).String("secret")!;
        TenantReadOnlyKey = (await Server.Admin.Post("/keys", $$"""{"name":"tr","tenant":"{{Mine.Tenant}}","readOnly":true}""")).ShouldBe(201).String("secret")!;
        var gone = (await Server.Admin.Post("/keys", """{"name":"gone"}""")).ShouldBe(201);
        (await Server.Admin.Delete($"/keys/{gone.Id}")).ShouldBe(204);
        RevokedAdminKey = gone.String("secret")!;

        DeadDirectoryTokens["no token"] = null;
        DeadDirectoryTokens["an empty token"] = "";
        DeadDirectoryTokens["revoked"] = revoked.String("secretToken");
        DeadDirectoryTokens["expired"] = expired.String("secretToken");
        DeadDirectoryTokens["an access token that has ended"] = expiredAccess;
        DeadDirectoryTokens["an access token of a client that was removed"] = removedAccess;
        DeadDirectoryTokens["an access token of a secret that was removed"] = accessWithoutSecret;
        DeadDirectoryTokens["the other's access token, last character changed"] = otherAccess[..^1] + (otherAccess[^1] == 'A' ? 'B' : 'A');
        DeadDirectoryTokens["the other's access token, first character of its content changed"] =
            otherAccess.Replace($"{Other.Id}_A", $"{Other.Id}_B", StringComparison.Ordinal);
        DeadDirectoryTokens["the other's access token, renamed to mine"] = otherAccess.Replace(Other.Id, Mine.Id, StringComparison.Ordinal);
        DeadDirectoryTokens["an invented access token"] = $"mat_{Other.Id}_{new string('A', 109)}";
        DeadDirectoryTokens["invented"] = $"mst_{Other.Id}_{new string('A', 51)}";
        DeadDirectoryTokens["for a directory that is not"] = $"mst_no-such-directory_{new string('A', 51)}";
        DeadDirectoryTokens["mine, renamed to the other"] = Mine.Token.Replace(Mine.Id, Other.Id, StringComparison.Ordinal);
        DeadDirectoryTokens["the other's, last character changed"] = Other.Token[..^1] + (Other.Token[^1] == 'A' ? 'B' : 'A');
        DeadDirectoryTokens["the other's, first character of the secret changed"] =
            Other.Token.Replace($"{Other.Id}_{Other.Token[$"mst_{Other.Id}_".Length]}", $"{Other.Id}_~", StringComparison.Ordinal);
        DeadDirectoryTokens["the other's, cut"] = Other.Token[..^1];
        DeadDirectoryTokens["the other's, in capitals"] = Other.Token.ToUpperInvariant();
        DeadDirectoryTokens["an admin key"] = Server.AdminKey;
        DeadDirectoryTokens["an admin key of a tenant"] = TenantAdminKey;
        DeadDirectoryTokens["very long"] = "mst_" + new string('a', 8000);
    }

    /// <summary>An address of the admin API.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="exists">Whether it is of things of <see cref="Other"/>, or of nothing.</param>
    internal string Path(EndpointCase endpoint, bool exists)
    {
        var path = endpoint.Pattern[EndpointTable.AdminPrefix.Length..];
        foreach (var (name, value) in OtherParts)
        {
            path = path.Replace($"{{{name}}}", exists ? value : "no-such-thing", StringComparison.Ordinal);
        }

        path.ShouldNotContain('{');
        return path;
    }

    private async Task FindParts(string client)
    {
        var directory = $"/directories/{Other.Id}";
        (await Server.Admin.Put($"{directory}/extensions/urn:other", """{"resourceType":"User","schema":{"id":"urn:other","name":"O","attributes":[{"name":"o"}]}}""")).ShouldBe(201);
        (await Server.Admin.Put($"{directory}/resource-types/Gadget", """{"endpoint":"/Gadgets","schema":{"id":"urn:gadget","name":"G","attributes":[{"name":"g"}]}}""")).ShouldBe(201);
        OtherParts["tenant"] = Other.Tenant;
        OtherParts["directory"] = Other.Id;
        OtherParts["key"] = Other.KeyId;
        OtherParts["profile"] = Profile;
        OtherParts["user"] = OtherUser;
        OtherParts["group"] = OtherGroup;
        OtherParts["kind"] = "role";
        OtherParts["unit"] = await First($"{directory}/org-units/role");
        OtherParts["client"] = client;
        OtherParts["secret"] = (string)(await Server.Admin.Get($"{directory}/clients/{client}")).ShouldBe(200).Json["secrets"]![0]!["id"]!;
        OtherParts["link"] = (await Server.Admin.Post($"{directory}/setup-links", "{}")).ShouldBe(201).Id;
        OtherParts["urn"] = "urn:other";
        OtherParts["name"] = "Gadget";
        OtherParts["request"] = await First($"{directory}/requests");
    }

    private async Task<string> First(string list) => (string)(await Server.Admin.Get(list)).ShouldBe(200).Json["items"]![0]!["id"]!;

    /// <summary>A new client of a directory, with an access token.</summary>
    private async Task<(string Client, string Token)> AccessToken(string clients)
    {
        var client = (await Server.Admin.Post(clients, """{"name":"C"}""")).ShouldBe(201).Id;
        var secret = (await Server.Admin.Post($"{clients}/{client}/secrets", "{}")).ShouldBe(201);
        var form = $"grant_type=client_credentials&client_id={secret.String("clientId")}&client_secret={secret.String("secret")}";
        var answer = await Server.Client("/oauth2/token", token: null).Post("", form, ("Content-Type", "application/x-www-form-urlencoded"));
        return (client, answer.ShouldBe(200).String("access_token")!);
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
