namespace Api.Tests.Admin;

/// <summary>The admin API of clients, and of the rotation of keys.</summary>
public sealed class ClientTests
{
    private const string Federation = """{"issuer":" https://login.example/t/v2.0 ","jwksUrl":"https://login.example/keys","subject":"s","audience":"a","tenantId":"t"}""";

    [Fact]
    public async Task Client_Made_ShowsWhatToPaste()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();

        var made = (await server.Admin.Post($"/directories/{directory.Id}/clients", """{"name":" Entra "}""")).ShouldBe(201);

        made.String("name").ShouldBe("Entra");
        made.String("clientId").ShouldStartWith($"msc_{directory.Id}_");
        made.String("tokenUrl").ShouldBe($"{server.Url}/oauth2/token");
        made.String("scimUrl").ShouldBe($"{server.Url}/scim/v2");
        made.Json["accessTokenSeconds"]!.GetValue<int>().ShouldBe(3600);
        var path = $"/directories/{directory.Id}/clients/{made.Id}";
        made.Header("Location").ShouldBe("/admin/v1" + path);
        (await server.Admin.Get(path)).ShouldBe(200).Text.ShouldBe(made.Text);
        (await server.Admin.Get($"/directories/{directory.Id}/clients")).ShouldBe(200).Text.ShouldBe($$"""{"items":[{{made.Text}}],"next":null}""");
        (await server.Admin.Delete(path)).ShouldBe(204);
        (await server.Admin.Get(path)).ShouldBeProblem(404);
        (await server.Admin.Delete(path)).ShouldBeProblem(404);
    }

    [Fact]
    public async Task Secret_Issued_IsShownOnceAndThenByItsLastFour()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();
        var client = (await server.Admin.Post($"/directories/{directory.Id}/clients", """{"name":"c"}""")).ShouldBe(201);
        var path = $"/directories/{directory.Id}/clients/{client.Id}";

        var one = (await server.Admin.Post($"{path}/secrets", "{}")).ShouldBe(201);
        var three = (await server.Admin.Post($"{path}/secrets", """{"years":3}""")).ShouldBe(201);

        var secret = one.String("secret")!;
        one.String("clientId").ShouldBe(client.String("clientId"));
        one.String("lastFour").ShouldBe(secret[^4..]);
        Expires(one).ShouldBe(Created(one).AddYears(1), TimeSpan.FromMinutes(1));
        Expires(three).ShouldBe(Created(three).AddYears(3), TimeSpan.FromMinutes(1));
        var shown = (await server.Admin.Get(path)).ShouldBe(200);
        shown.Text.ShouldNotContain(secret);
        shown.Json["secrets"]!.AsArray().Select(s => s!["id"]!.GetValue<string>()).ShouldBe([one.Id, three.Id]);
        (await server.Admin.Delete($"{path}/secrets/{one.Id}")).ShouldBe(204);
        (await server.Admin.Delete($"{path}/secrets/{one.Id}")).ShouldBeProblem(404);

        static DateTimeOffset Expires(Answer answer) => answer.Json["expires"]!.GetValue<DateTimeOffset>();
        static DateTimeOffset Created(Answer answer) => answer.Json["created"]!.GetValue<DateTimeOffset>();
    }

    [Fact]
    public async Task LastUse_OfASecret_IsShownAndOutlivesARestart()
    {
        var folder = Directory.CreateTempSubdirectory("muster-api-tests-").FullName;
        string? adminKey;
        string path;
        string used;
        string keys;
        await using (var server = await TestServer.Start(folder))
        {
            adminKey = server.AdminKey;
            var directory = await server.MakeDirectory();
            var client = await OAuth.TestClient.Make(directory);
            var (_, secret) = await client.NewSecret();
            (path, keys) = (client.Path, $"/directories/{directory.Id}/keys");
            (await server.Admin.Get(path)).Json["secrets"]![0]!["lastUsed"].ShouldBeNull();
            var token = OAuth.TokenAssertions.ShouldBeToken(await client.BySecret(secret));
            (await server.Client("/scim/v2", token).Get("/Users?count=0")).ShouldBe(200);
            (await directory.Scim.Get("/Users?count=0")).ShouldBe(200);
            used = Used(await server.Admin.Get(path)) + (await server.Admin.Get(keys)).Json["items"]![0]!["lastUsed"]!.ToJsonString();
        }

        await using (var server = await TestServer.Start(folder, adminKey: adminKey))
        {
            (Used(await server.Admin.Get(path)) + (await server.Admin.Get(keys)).Json["items"]![0]!["lastUsed"]!.ToJsonString()).ShouldBe(used);
        }

        Directory.Delete(folder, recursive: true);

        static string Used(Answer answer) => answer.Json["secrets"]![0]!["lastUsed"]!.ToJsonString();
    }

    [Fact]
    public async Task Federation_Put_IsShownTrimmed_AndTakenBack()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();
        var client = (await server.Admin.Post($"/directories/{directory.Id}/clients", """{"name":"c"}""")).ShouldBe(201);
        var path = $"/directories/{directory.Id}/clients/{client.Id}";

        var put = (await server.Admin.Put($"{path}/federation", Federation)).ShouldBe(200);

        put.Json["federation"]!["issuer"]!.GetValue<string>().ShouldBe("https://login.example/t/v2.0");
        put.Json["federation"]!["tenantId"]!.GetValue<string>().ShouldBe("t");
        (await server.Admin.Put($"{path}/federation", Federation)).ShouldBe(200).Text.ShouldBe(put.Text);
        (await server.Admin.Delete($"{path}/federation")).ShouldBe(204);
        (await server.Admin.Get(path)).Json["federation"].ShouldBeNull();
        (await server.Admin.Delete($"{path}/federation")).ShouldBeProblem(404);
        (await server.Admin.Put($"/directories/{directory.Id}/clients/no-such-client/federation", Federation)).ShouldBeProblem(404);
    }

    [Theory]
    [InlineData("", """{"name":""}""", "name")]
    [InlineData("", """{"name":"c","accessTokenSeconds":3599}""", "accessTokenSeconds")]
    [InlineData("", """{"name":"c","accessTokenSeconds":21601}""", "accessTokenSeconds")]
    [InlineData("/{client}/secrets", """{"years":0}""", "years")]
    [InlineData("/{client}/secrets", """{"years":4}""", "years")]
    [InlineData("/{client}/federation", "{}", "issuer,jwksUrl,subject,audience")]
    [InlineData("/{client}/federation", """{"issuer":"i","jwksUrl":"http://login.example/keys","subject":" ","audience":"a"}""", "jwksUrl,subject")]
    [InlineData("/{client}/federation", """{"issuer":"i","jwksUrl":"https://127.0.0.1/keys","subject":"s","audience":"a"}""", "jwksUrl")]
    [InlineData("/{client}/federation", """{"issuer":"i\u0000","jwksUrl":"https://169.254.169.254/keys","subject":"s","audience":"a","tenantId":""}""", "issuer,jwksUrl,tenantId")]
    public async Task Body_WithFaults_IsToldEach(string path, string body, string faults)
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();
        var client = (await server.Admin.Post($"/directories/{directory.Id}/clients", """{"name":"c"}""")).ShouldBe(201).Id;
        var target = $"/directories/{directory.Id}/clients{path.Replace("{client}", client, StringComparison.Ordinal)}";

        var answer = await server.Admin.Send(path.EndsWith("federation", StringComparison.Ordinal) ? "PUT" : "POST", target, body);

        answer.ShouldHaveFaults(faults.Split(',').Select(f => "#/" + f));
    }

    [Fact]
    public async Task Rotation_StartedAndCompleted_TheSuccessorAloneOpens()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();
        var path = $"/directories/{directory.Id}/keys/{directory.KeyId}/rotation";

        var started = (await server.Admin.Send("POST", path, body: null)).ShouldBe(201);

        var successor = server.Client("/scim/v2", started.String("secretToken"));
        started.String("name").ShouldBe("A key");
        (await successor.Get("/Users?count=0")).ShouldBe(200);
        (await directory.Scim.Get("/Users?count=0")).ShouldBe(200);
        (await server.Admin.Get($"/directories/{directory.Id}/keys")).Json["items"]!.AsArray().Select(k => k!["replaces"]?.GetValue<string>()).ShouldBe([null, directory.KeyId]);
        (await server.Admin.Post(path, "{}")).ShouldBeProblem(409);
        (await server.Admin.Post($"{path}/complete", "")).ShouldBe(200).Id.ShouldBe(started.Id);
        (await successor.Get("/Users?count=0")).ShouldBe(200);
        (await directory.Scim.Get("/Users?count=0")).ShouldBeError(401);
        (await server.Admin.Post($"{path}/complete", "")).ShouldBe(200).Id.ShouldBe(started.Id);
        (await server.Admin.Delete(path)).ShouldBeProblem(404);
        (await server.Admin.Get($"/directories/{directory.Id}/keys")).Json["items"]!.AsArray().Select(k => k!["replaces"]?.GetValue<string>()).ShouldBe([null]);
    }

    [Fact]
    public async Task Rotation_Cancelled_TheOldKeyAloneOpens()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();
        var path = $"/directories/{directory.Id}/keys/{directory.KeyId}/rotation";
        var started = (await server.Admin.Post(path, """{"name":"the next"}""")).ShouldBe(201);
        started.String("name").ShouldBe("the next");

        (await server.Admin.Delete(path)).ShouldBe(204);

        (await server.Client("/scim/v2", started.String("secretToken")).Get("/Users")).ShouldBeError(401);
        (await directory.Scim.Get("/Users?count=0")).ShouldBe(200);
        (await server.Admin.Post($"{path}/complete", "")).ShouldBeProblem(409);
        (await server.Admin.Delete(path)).ShouldBeProblem(404);
        (await server.Admin.Post(path, """{"expires":"2001-01-01T00:00:00Z"}""")).ShouldBeProblem(400);
        (await server.Admin.Post($"/directories/{directory.Id}/keys/nobody/rotation", "{}")).ShouldBeProblem(404);
    }
}
