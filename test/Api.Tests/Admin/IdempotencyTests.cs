namespace Api.Tests.Admin;

/// <summary>A POST that is sent again after a lost answer, by the same <c>Idempotency-Key</c>.</summary>
public sealed class IdempotencyTests
{
    private const string Header = "Idempotency-Key";

    [Fact]
    public async Task Tenant_SentAgain_IsTheSame()
    {
        var server = await TestServer.Shared;
        var key = Guid.NewGuid().ToString();

        var first = (await Post(server.Admin, "/tenants", """{"name":"Once"}""", key)).ShouldBe(201);
        var quoted = (await Post(server.Admin, "/tenants", """{"name":"Once"}""", $"\"{key}\"")).ShouldBe(201);
        var other = await Post(server.Admin, "/tenants", """{"name":"Twice"}""", key);

        quoted.Text.ShouldBe(first.Text);
        other.ShouldBeProblem(422).String("type").ShouldBe("urn:muster:problem:idempotency-key-reused");
        (await Post(server.Admin, "/tenants", """{"name":"Once"}""", Guid.NewGuid().ToString())).ShouldBe(201).Id.ShouldNotBe(first.Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"id\":\"named-{0}\"")]
    public async Task Directory_SentAgain_IsTheSameAndNoSecondOneIsThere(string id)
    {
        var server = await TestServer.Shared;
        var (tenant, key) = (await server.MakeTenant(), Guid.NewGuid().ToString());
        var body = $$"""{"name":"Once"{{id.Replace("{0}", key[..8], StringComparison.Ordinal)}}}""";

        var first = (await Post(server.Admin, $"/tenants/{tenant}/directories", body, key)).ShouldBe(201);
        var again = (await Post(server.Admin, $"/tenants/{tenant}/directories/", body, key)).ShouldBe(201);
        (await Post(server.Admin, $"/tenants/{tenant}/directories", """{"name":"Other","id":"another-id"}""", key)).ShouldBeProblem(422);

        again.Text.ShouldBe(first.Text);
        (await server.Admin.Get($"/tenants/{tenant}/directories")).Json["items"]!.AsArray().Count.ShouldBe(1);
        (await server.Admin.Delete($"/directories/{first.Id}")).ShouldBe(202);
        (await Post(server.Admin, $"/tenants/{tenant}/directories", body, key)).ShouldBeProblem(409);
    }

    [Fact]
    public async Task DirectoryKey_SentAgain_ShowsTheSameSecretAndIsOneKey()
    {
        await using var server = await TestServer.Start();
        var directory = await server.MakeDirectory();
        var (list, key) = ($"/directories/{directory.Id}/keys", Guid.NewGuid().ToString());

        var first = (await Post(server.Admin, list, """{"name":"Once"}""", key)).ShouldBe(201);
        (await Post(server.Admin, list, """{"name":"Once"}""", key)).ShouldBe(201).Text.ShouldBe(first.Text);
        (await Post(server.Admin, list, """{"name":"Other"}""", key)).ShouldBeProblem(422).Text.ShouldNotContain("mst_");
        await server.Stop();
        await using var again = await TestServer.Start(server.Folder, adminKey: server.AdminKey);
        (await Post(again.Admin, list, """{"name":"Once"}""", key)).ShouldBe(201).String("secretToken").ShouldBe(first.String("secretToken"));

        (await again.Admin.Get(list)).Json["items"]!.AsArray().Count.ShouldBe(2);
        (await again.Client("/scim/v2", first.String("secretToken")).Get("/Users")).ShouldBe(200);
    }

    [Fact]
    public async Task DirectoryKey_RevokedAndSentAgain_DoesNotComeBack()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();
        var (list, key) = ($"/directories/{directory.Id}/keys", Guid.NewGuid().ToString());
        var first = (await Post(server.Admin, list, """{"name":"Once"}""", key)).ShouldBe(201);
        (await server.Admin.Delete($"{list}/{first.Id}")).ShouldBe(204);

        (await Post(server.Admin, list, """{"name":"Once"}""", key)).ShouldBeProblem(409).String("type").ShouldBe("urn:muster:problem:key-spent");

        (await server.Client("/scim/v2", first.String("secretToken")).Get("/Users")).ShouldBeError(401);
        (await server.Admin.Get(list)).Json["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task DirectoryKey_SameIdempotencyKeyOfAnotherAdmin_IsAnotherKey()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();
        var (list, key) = ($"/directories/{directory.Id}/keys", "1");
        var other = server.Client("/admin/v1", (await server.Admin.Post("/keys", """{"name":"Other"}""")).ShouldBe(201).String("secret"));

        var mine = (await Post(server.Admin, list, """{"name":"Once"}""", key)).ShouldBe(201);
        var theirs = (await Post(other, list, """{"name":"Once"}""", key)).ShouldBe(201);

        theirs.Id.ShouldNotBe(mine.Id);
        theirs.String("secretToken").ShouldNotBe(mine.String("secretToken"));
    }

    [Fact]
    public async Task AdminKey_SentAgain_ShowsTheSameSecretUntilItIsRevoked()
    {
        var server = await TestServer.Shared;
        var key = Guid.NewGuid().ToString();

        var first = (await Post(server.Admin, "/keys", """{"name":"Once"}""", key)).ShouldBe(201);
        (await Post(server.Admin, "/keys", """{"name":"Once"}""", key)).ShouldBe(201).Text.ShouldBe(first.Text);
        (await Post(server.Admin, "/keys", """{"name":"Once","readOnly":true}""", key)).ShouldBeProblem(422);
        (await server.Admin.Delete($"/keys/{first.Id}")).ShouldBe(204);
        (await Post(server.Admin, "/keys", """{"name":"Once"}""", key)).ShouldBeProblem(409);

        (await server.Client("/admin/v1", first.String("secret")).Get("/tenants")).ShouldBeProblem(401);
    }

    [Fact]
    public async Task Header_EmptyOrTooLong_IsAFault()
    {
        var server = await TestServer.Shared;

        (await Post(server.Admin, "/tenants", """{"name":"x"}""", "\"\"")).ShouldHaveFaults(Header);
        (await Post(server.Admin, "/keys", """{"name":"x"}""", new string('k', 256))).ShouldHaveFaults(Header);
    }

    [Fact]
    public async Task ClientAndSecret_SentAgain_AreTheSameUntilTheyAreRemoved()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();
        var (list, key) = ($"/directories/{directory.Id}/clients", Guid.NewGuid().ToString());

        var client = (await Post(server.Admin, list, """{"name":"Once"}""", key)).ShouldBe(201);
        (await Post(server.Admin, list, """{"name":"Once"}""", key)).ShouldBe(201).Text.ShouldBe(client.Text);
        (await Post(server.Admin, list, """{"name":"Other"}""", key)).ShouldBeProblem(422);
        var secrets = $"{list}/{client.Id}/secrets";
        var secret = (await Post(server.Admin, secrets, """{"years":1}""", key)).ShouldBe(201);
        (await server.Admin.Post(secrets, "{}")).ShouldBe(201).String("secret").ShouldNotBe(secret.String("secret"));
        (await Post(server.Admin, secrets, """{"years":1}""", key)).ShouldBe(201).Text.ShouldBe(secret.Text);
        (await Post(server.Admin, secrets, """{"years":2}""", key)).ShouldBeProblem(422).Text.ShouldNotContain("mss_");
        (await server.Admin.Get($"{list}/{client.Id}")).ShouldBe(200).Json["secrets"]!.AsArray().Count.ShouldBe(2);
        (await Token(server, secret)).ShouldBe(200);

        (await server.Admin.Delete($"{secrets}/{secret.Id}")).ShouldBe(204);
        (await Post(server.Admin, secrets, """{"years":1}""", key)).ShouldBeProblem(409).String("type").ShouldBe("urn:muster:problem:key-spent");
        (await Token(server, secret)).Status.ShouldBe(401);
        (await server.Admin.Delete($"{list}/{client.Id}")).ShouldBe(204);
        (await Post(server.Admin, list, """{"name":"Once"}""", key)).ShouldBeProblem(409).String("type").ShouldBe("urn:muster:problem:key-spent");
        (await server.Admin.Get(list)).ShouldBe(200).Json["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Secret_OfAClientThatWasRemoved_DoesNotComeBackWithIt()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();
        var list = $"/directories/{directory.Id}/clients";
        var client = (await server.Admin.Post(list, """{"name":"C"}""")).ShouldBe(201);
        var secret = (await Post(server.Admin, $"{list}/{client.Id}/secrets", "{}", "s")).ShouldBe(201);
        (await server.Admin.Delete($"{list}/{client.Id}")).ShouldBe(204);

        (await Post(server.Admin, $"{list}/{client.Id}/secrets", "{}", "s")).ShouldBeProblem(404).Text.ShouldNotContain("mss_");
        (await Token(server, secret)).Status.ShouldBe(401);
    }

    private static Task<Answer> Token(TestServer server, Answer secret) => server.Client("/oauth2/token", token: null).Post(
        "",
        $"grant_type=client_credentials&client_id={secret.String("clientId")}&client_secret={secret.String("secret")}",
        ("Content-Type", "application/x-www-form-urlencoded"));

    private static Task<Answer> Post(ApiClient admin, string path, string body, string key) => admin.Post(path, body, (Header, key));

    [Fact]
    public async Task Rotation_SentAgain_IsTheSameKeyUntilItIsCancelled()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();
        var path = $"/directories/{directory.Id}/keys/{directory.KeyId}/rotation";
        var header = ("Idempotency-Key", "rotate-1");

        var first = (await server.Admin.Post(path, "{}", header)).ShouldBe(201);
        var second = (await server.Admin.Post(path, "{}", header)).ShouldBe(201);

        second.Text.ShouldBe(first.Text);
        (await server.Admin.Get($"/directories/{directory.Id}/keys")).Json["items"]!.AsArray().Count.ShouldBe(2);
        (await server.Admin.Delete(path)).ShouldBe(204);
        (await server.Admin.Post(path, "{}", header)).ShouldBeProblem(409).String("type").ShouldBe("urn:muster:problem:key-spent");
        (await server.Client("/scim/v2", first.String("secretToken")).Get("/Users")).ShouldBeError(401);
    }

    [Fact]
    public async Task Rotation_SentAgainWithAnotherBody_Is422AndNothingMore()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();
        var path = $"/directories/{directory.Id}/keys/{directory.KeyId}/rotation";
        var header = ("Idempotency-Key", "rotate-2");
        (await server.Admin.Post(path, """{"name":"A"}""", header)).ShouldBe(201);

        (await server.Admin.Post(path, """{"name":"B"}""", header)).ShouldBeProblem(422).String("type").ShouldBe("urn:muster:problem:idempotency-key-reused");

        (await server.Admin.Get($"/directories/{directory.Id}/keys")).Json["items"]!.AsArray().Select(k => (string?)k!["name"]).ShouldBe(["A key", "A"], ignoreOrder: true);
    }

    [Fact]
    public async Task Key_RotatedOut_IsNotMadeAgainByTheRequestThatMadeIt()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();
        var keys = $"/directories/{directory.Id}/keys";
        var header = ("Idempotency-Key", "issue-1");
        var issued = (await server.Admin.Post(keys, """{"name":"K"}""", header)).ShouldBe(201);
        (await server.Admin.Post($"{keys}/{issued.Id}/rotation", "{}")).ShouldBe(201);
        (await server.Admin.Post($"{keys}/{issued.Id}/rotation/complete", "")).ShouldBe(200);

        (await server.Admin.Post(keys, """{"name":"K"}""", header)).ShouldBeProblem(409).String("type").ShouldBe("urn:muster:problem:key-spent");
        (await server.Client("/scim/v2", issued.String("secretToken")).Get("/Users")).ShouldBeError(401);
    }
}
