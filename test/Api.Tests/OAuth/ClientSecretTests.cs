using Api.Security;
using Grains.Abstractions.Directories;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.OAuth;

/// <summary>OAuth 2.0 client credentials by secret (RFC 6749 §4.4).</summary>
public sealed class ClientSecretTests(OAuthWorld world) : IClassFixture<OAuthWorld>
{
    [Fact]
    public async Task Token_SecretInTheForm_OpensTheDirectoryInAllAddressForms()
    {
        var directory = await world.Server.MakeDirectory();
        var client = await TestClient.Make(directory);
        var (_, secret) = await client.NewSecret();

        var token = (await client.BySecret(secret)).ShouldBeToken();

        await directory.ShouldOpen(token);
        (await world.Server.Client($"/directories/{directory.Id}/scim/v2", token).Post("/Users", Bodies.User("ada"))).ShouldBe(201);
        (await world.Server.Client($"/directories/{(await world.Server.MakeDirectory()).Id}/scim/v2", token).Get("/Users")).ShouldBeError(401);
    }

    [Fact]
    public async Task Token_SecretByBasic_IsPercentDecoded()
    {
        var directory = await world.Server.MakeDirectory();
        var client = await TestClient.Make(directory);
        var (_, secret) = await client.NewSecret();
        var encoded = string.Concat(secret.Select(c => $"%{(int)c:X2}"));

        await directory.ShouldOpen((await client.ByBasic(secret)).ShouldBeToken());
        await directory.ShouldOpen((await TestClient.Ask(world.Server, [("grant_type", "client_credentials")], $"{client.ClientId}:{encoded}")).ShouldBeToken());
        (await TestClient.Ask(world.Server, [("grant_type", "client_credentials"), ("client_id", client.ClientId)], $"{client.ClientId}:{secret}")).ShouldBeToken();
    }

    [Fact]
    public async Task Token_ByTheDirectorysPath_IsThatDirectorysOnly()
    {
        var directory = await world.Server.MakeDirectory();
        var client = await TestClient.Make(directory);
        var (_, secret) = await client.NewSecret();
        (string, string)[] form = [("grant_type", "client_credentials"), ("client_id", client.ClientId), ("client_secret", secret)];

        (await TestClient.Ask(world.Server, form, prefix: $"/directories/{directory.Id}")).ShouldBeToken();
        var other = (await TestClient.Ask(world.Server, form, prefix: $"/directories/{(await world.Server.MakeDirectory()).Id}")).ShouldBeRefused(401, "invalid_client");
        var nobody = (await TestClient.Ask(world.Server, form, prefix: "/directories/no-such-directory")).ShouldBeRefused(401, "invalid_client");

        other.Visible("").ShouldBe(nobody.Visible(""));
    }

    [Fact]
    public async Task Token_OfEitherOfTwoSecrets_EndsWithItsOwn()
    {
        var directory = await world.Server.MakeDirectory();
        var client = await TestClient.Make(directory);
        var (id, first) = await client.NewSecret();
        var (_, second) = await client.NewSecret("""{"years":3}""");
        var one = (await client.BySecret(first)).ShouldBeToken();
        var two = (await client.BySecret(second)).ShouldBeToken();
        await directory.ShouldOpen(one);
        await directory.ShouldOpen(two);

        (await world.Server.Admin.Delete($"{client.Path}/secrets/{id}")).ShouldBe(204);

        await directory.ShouldNotOpen(one);
        await directory.ShouldOpen(two);
        (await client.BySecret(first)).ShouldBeRefused(401, "invalid_client");
        (await client.BySecret(second)).ShouldBeToken();
        (await world.Server.Admin.Delete(client.Path)).ShouldBe(204);
        await directory.ShouldNotOpen(two);
        (await client.BySecret(second)).ShouldBeRefused(401, "invalid_client");
    }

    [Theory]
    [InlineData("", 3600)]
    [InlineData(",\"accessTokenSeconds\":21600", 21600)]
    public async Task Token_AfterItsTime_OpensNothing(string more, int seconds)
    {
        var directory = await world.Server.MakeDirectory();
        var client = await TestClient.Make(directory, more);
        var (_, secret) = await client.NewSecret();
        var token = (await client.BySecret(secret)).ShouldBeToken(seconds);

        world.Time.Advance(TimeSpan.FromSeconds(seconds - 2));
        await directory.ShouldOpen(token);
        world.Time.Advance(TimeSpan.FromSeconds(2));

        await directory.ShouldNotOpen(token);
    }

    [Fact]
    public async Task Token_SecretNearItsEnd_EndsWithIt()
    {
        var directory = await world.Server.MakeDirectory();
        var client = await TestClient.Make(directory);
        var (_, longer) = await client.NewSecret();
        var services = world.Server.Services;
        var minted = services.GetRequiredService<ClientMint>().Secret(client.ClientId);
        var expires = world.Time.GetUtcNow().AddSeconds(100);
        var grain = services.GetRequiredService<IGrainFactory>().GetGrain<IDirectoryClientsGrain>(directory.Id);
        (await grain.AddSecret(client.Id, new IssueKey { Name = "", Hash = minted.Hash, LastFour = minted.LastFour, Expires = expires })).Error.ShouldBeNull();

        var token = (await client.BySecret(minted.Token)).ShouldBeToken(100);

        await directory.ShouldOpen(token);
        world.Time.Advance(TimeSpan.FromSeconds(100));
        await directory.ShouldNotOpen(token);
        (await client.BySecret(minted.Token)).ShouldBeRefused(401, "invalid_client");
        (await client.BySecret(longer)).ShouldBeToken();
    }

    [Fact]
    public async Task Token_OfARemovedDirectory_OpensNothing()
    {
        var directory = await world.Server.MakeDirectory();
        var client = await TestClient.Make(directory);
        var (_, secret) = await client.NewSecret();
        var token = (await client.BySecret(secret)).ShouldBeToken();

        (await world.Server.Admin.Delete($"/directories/{directory.Id}")).ShouldBe(202);

        await directory.ShouldNotOpen(token);
        (await client.BySecret(secret)).ShouldBeRefused(401, "invalid_client");
    }

    [Fact]
    public async Task Refusal_OfWhateverDoesNotOpen_IsAlwaysTheSame()
    {
        var directory = await world.Server.MakeDirectory();
        var client = await TestClient.Make(directory);
        var other = await TestClient.Make(await world.Server.MakeDirectory());
        var (removed, gone) = await client.NewSecret();
        (await world.Server.Admin.Delete($"{client.Path}/secrets/{removed}")).ShouldBe(204);
        var (_, secret) = await client.NewSecret();
        var (_, others) = await other.NewSecret();
        (string? Id, string? Secret)[] tries =
        [
            (client.ClientId, gone),
            (client.ClientId, others),
            (client.ClientId, secret[..^1] + (secret[^1] == 'A' ? 'B' : 'A')),
            (client.ClientId, "wrong"),
            (client.ClientId, null),
            (client.ClientId, directory.Token),
            (client.ClientId[..^1] + (client.ClientId[^1] == '0' ? '1' : '0'), secret),
            (client.ClientId.Replace(directory.Id, other.Directory.Id, StringComparison.Ordinal), secret),
            ($"msc_no-such-directory_{new string('0', 44)}", secret),
            (other.ClientId, secret),
            (client.ClientId.ToUpperInvariant(), secret),
            (client.Id, secret),
            ("msc_" + new string('a', 5000), secret),
            (null, secret),
            (null, null),
        ];

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (id, one) in tries)
        {
            var form = new List<(string, string)> { ("grant_type", "client_credentials") };
            form.AddRange(id is null ? [] : [("client_id", id)]);
            form.AddRange(one is null ? [] : [("client_secret", one)]);
            var answer = (await TestClient.Ask(world.Server, [.. form])).ShouldBeRefused(401, "invalid_client");
            answer.Header("WWW-Authenticate").ShouldBeNull();
            seen.Add(answer.Visible(""));
        }

        seen.ShouldHaveSingleItem();
        var basic = (await client.ByBasic("wrong")).ShouldBeRefused(401, "invalid_client");
        basic.Header("WWW-Authenticate").ShouldBe("Basic realm=\"oauth2\"");
        (await TestClient.Ask(world.Server, [("grant_type", "client_credentials")], "no colon")).Visible("").ShouldBe(basic.Visible(""));
        (await TestClient.Ask(world.Server, [("grant_type", "client_credentials")], "%:%zz")).Visible("").ShouldBe(basic.Visible(""));
    }

    [Theory]
    [InlineData("client_id=x", "invalid_request")]
    [InlineData("grant_type=", "invalid_request")]
    [InlineData("grant_type=password&client_id=x", "unsupported_grant_type")]
    [InlineData("grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer", "unsupported_grant_type")]
    [InlineData("grant_type=client_credentials&scope=openid", "invalid_scope")]
    [InlineData("grant_type=client_credentials&scope=scim+offline_access", "invalid_scope")]
    [InlineData("grant_type=client_credentials&grant_type=client_credentials", "invalid_request")]
    [InlineData("grant_type=client_credentials&client_id=a&client_id=b", "invalid_request")]
    [InlineData("grant_type=client_credentials&client_id=a&client_secret=b&client_secret=c", "invalid_request")]
    [InlineData("grant_type=client_credentials&client_id=a&client_assertion=b", "invalid_request")]
    [InlineData("grant_type=client_credentials&client_id=a&client_assertion_type=saml&client_assertion=b", "invalid_request")]
    [InlineData("grant_type=client_credentials&client_id=a&client_secret=s&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer&client_assertion=b", "invalid_request")]
    public async Task Request_ThatIsNone_Is400(string body, string error)
    {
        var answer = await world.Server.Client("/oauth2/token", token: null).Post("", body, ("Content-Type", "application/x-www-form-urlencoded"));

        answer.ShouldBeRefused(400, error).String("error_description").ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Request_SecretInTheFormAndByBasic_Is400EvenWhereBothAreRight()
    {
        var client = await TestClient.Make(await world.Server.MakeDirectory());
        var (_, secret) = await client.NewSecret();

        var answer = await TestClient.Ask(
            world.Server,
            [("grant_type", "client_credentials"), ("client_id", client.ClientId), ("client_secret", secret)],
            $"{client.ClientId}:{secret}");

        answer.ShouldBeRefused(400, "invalid_request");
        (await TestClient.Ask(world.Server, [("grant_type", "client_credentials"), ("client_id", "another")], $"{client.ClientId}:{secret}"))
            .ShouldBeRefused(400, "invalid_request");
    }

    [Fact]
    public async Task Request_OfAnotherKind_IsRefused()
    {
        var http = world.Server.Client("/oauth2/token", token: null);

        (await http.Post("", """{"grant_type":"client_credentials"}""", ("Content-Type", "application/json"))).ShouldBeRefused(400, "invalid_request");
        (await http.Get("?grant_type=client_credentials")).ShouldBe(405);
        var large = "grant_type=client_credentials&client_secret=" + new string('x', 70_000);
        (await http.Post("", large, ("Content-Type", "application/x-www-form-urlencoded"))).ShouldBeRefused(413, "invalid_request");
        var many = string.Join('&', Enumerable.Range(0, 100).Select(i => $"f{i}=x"));
        (await http.Post("", many, ("Content-Type", "application/x-www-form-urlencoded"))).ShouldBeRefused(400, "invalid_request");
    }

    [Fact]
    public async Task Limit_PerClientAndAddress_Is429WithRetryAfter()
    {
        await using var server = await TestServer.Start(args: ["--Limits:TokenRequestsPerMinute", "5"]);
        var client = await TestClient.Make(await server.MakeDirectory());
        var calm = await TestClient.Make(client.Directory);
        var (_, secret) = await client.NewSecret();
        var (_, calmSecret) = await calm.NewSecret();

        for (var i = 0; i < 5; i++)
        {
            (await client.BySecret(secret)).ShouldBeToken();
        }

        var refused = (await client.BySecret(secret)).ShouldBeRefused(429, "temporarily_unavailable");
        int.Parse(refused.Header("Retry-After").ShouldNotBeNull(), System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(1, 60);
        (await calm.BySecret(calmSecret)).ShouldBeToken();

        // Whoever invents ids is one client, however many ids.
        var statuses = new List<int>();
        for (var i = 0; i < 7; i++)
        {
            var id = $"msc_{client.Directory.Id}_{i:x44}";
            statuses.Add((await TestClient.Ask(server, [("grant_type", "client_credentials"), ("client_id", id), ("client_secret", "x")])).Status);
        }

        statuses.ShouldBe([401, 401, 401, 401, 401, 429, 429]);
    }
}
