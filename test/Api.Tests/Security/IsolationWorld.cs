namespace Api.Tests.Security;

/// <summary>Two tenants with a directory each, and every kind of credential that must not open the second one.</summary>
public sealed class IsolationWorld : IAsyncLifetime
{
    internal const string OtherUserName = "secret.person@other.example";
    internal const string OtherExternalId = "other-ext-77";
    internal const string OtherGroupName = "Secret project";

    private readonly ManualTimeProvider time = new();

    internal TestServer Server { get; private set; } = null!;

    /// <summary>The directory whose token the intruder has.</summary>
    internal TestDirectory Mine { get; private set; } = null!;

    /// <summary>The directory nothing of which must be seen.</summary>
    internal TestDirectory Other { get; private set; } = null!;

    internal string OtherUser { get; private set; } = "";

    internal string OtherGroup { get; private set; } = "";

    /// <summary>An admin key for the tenant of <see cref="Mine"/> alone.</summary>
    internal string TenantAdminKey { get; private set; } = "";

    internal string RevokedAdminKey { get; private set; } = "";

    /// <summary>By name: what must open no SCIM endpoint of <see cref="Other"/>. Null for no token.</summary>
    internal Dictionary<string, string?> DeadDirectoryTokens { get; } = new(StringComparer.Ordinal);

    public async Task InitializeAsync()
    {
        Server = await TestServer.Start(time: time);
        Mine = await Server.MakeDirectory();
        Other = await Server.MakeDirectory();
        OtherUser = (await Other.Scim.Post("/Users", Bodies.User(OtherUserName, $$""","externalId":"{{OtherExternalId}}" """))).ShouldBe(201).Id;
        OtherGroup = await Other.MakeGroup(OtherGroupName, OtherUser);

        var keys = $"/directories/{Other.Id}/keys";
        var revoked = (await Server.Admin.Post(keys, """{"name":"revoked"}""")).ShouldBe(201);
        (await Server.Admin.Delete($"{keys}/{revoked.Id}")).ShouldBe(204);
        var expires = time.GetUtcNow().AddHours(1).ToString("O");
        var expired = (await Server.Admin.Post(keys, $$"""{"name":"expired","expires":"{{expires}}"}""")).ShouldBe(201);
        time.Advance(TimeSpan.FromHours(2));
        TenantAdminKey = (await Server.Admin.Post("/keys", $$"""{"name":"t","tenant":"{{Mine.Tenant}}"}""")).ShouldBe(201).String("secret")!;
        var gone = (await Server.Admin.Post("/keys", """{"name":"gone"}""")).ShouldBe(201);
        (await Server.Admin.Delete($"/keys/{gone.Id}")).ShouldBe(204);
        RevokedAdminKey = gone.String("secret")!;

        DeadDirectoryTokens["no token"] = null;
        DeadDirectoryTokens["an empty token"] = "";
        DeadDirectoryTokens["revoked"] = revoked.String("secretToken");
        DeadDirectoryTokens["expired"] = expired.String("secretToken");
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

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
