using System.Text.Json.Nodes;

namespace Api.Tests.Requests;

/// <summary>What a directory's clients sent and got, as its admins see it.</summary>
public sealed class RequestLogTests
{
    [Fact]
    public async Task Requests_MadeAndRefused_AreThereNewestFirstWithWhatTheySentAndGot()
    {
        var directory = await (await TestServer.Shared).MakeDirectory();
        var user = (await directory.Scim.Post("/Users", Bodies.User("ada"), ("X-Correlation-ID", "c-1"))).ShouldBe(201).Id;
        (await directory.Scim.Post("/Users", Bodies.User("ADA"))).ShouldBe(409);
        (await directory.ByPath.Get($"/Users/{user}")).ShouldBe(200);

        var items = await Items(directory);

        items.Select(i => Of(i, "outcome")).ShouldBe(["succeeded", "refused", "succeeded"]);
        Of(items[0], "path").ShouldBe($"/directories/{directory.Id}/scim/v2/Users/{user}");
        Of(items[0], "resourceId").ShouldBe(user);
        Of(items[1], "scimType").ShouldBe("uniqueness");
        Of(items[1], "detail").ShouldNotBeNullOrEmpty();
        Of(items[2], "resourceId").ShouldBe(user);
        Of(items[2], "correlationId").ShouldBe("c-1");
        Of(items[2], "credentialId").ShouldBe(directory.KeyId);
        items[2]!["requestBody"].ShouldBeNull();
        var refused = await One(directory, items[1]!);
        refused["requestBody"]!["userName"]!.GetValue<string>().ShouldBe("ADA");
        refused["responseBody"]!["status"]!.GetValue<string>().ShouldBe("409");
        (await One(directory, items[0]!))["responseBody"].ShouldBeNull();
    }

    [Fact]
    public async Task Requests_Filtered_AreThoseAlone()
    {
        var directory = await (await TestServer.Shared).MakeDirectory();
        var user = await directory.MakeUser("ada");
        await directory.MakeGroup("G");
        (await directory.Scim.Patch($"/Users/{user}", Bodies.Replace("title", "\"x\""), ("client-request-id", "abc"))).ShouldBe(200);
        (await directory.Scim.Get("/Users?filter=x")).ShouldBe(400);
        (await directory.Scim.Get("/Users/0199aaaa-0000-7000-8000-000000000001")).ShouldBe(404);

        (await Items(directory, "?status=4xx")).Count.ShouldBe(2);
        (await Items(directory, "?status=404")).Count.ShouldBe(1);
        (await Items(directory, "?status=200-201")).Count.ShouldBe(3);
        (await Items(directory, "?resourceType=Group")).Count.ShouldBe(1);
        (await Items(directory, $"?resourceId={user}&method=PATCH")).Count.ShouldBe(1);
        (await Items(directory, "?correlationId=abc")).Count.ShouldBe(1);
        (await Items(directory, "?outcome=refused")).Count.ShouldBe(2);
        (await Items(directory, "?to=2001-01-01T00:00:00Z")).ShouldBeEmpty();
        (await Items(directory, "?from=2001-01-01T00:00:00Z")).Count.ShouldBe(5);
    }

    [Theory]
    [InlineData("?status=4x", "status")]
    [InlineData("?status=1-2-3&outcome=bad", "status,outcome")]
    [InlineData("?after=x&count=0", "after,count")]
    [InlineData("?after=LTE", "after")]
    [InlineData("?count=201", "count")]
    [InlineData("?from=yesterday&cursor=1", "from,cursor")]
    public async Task Requests_BadParameters_AreAllNamed(string query, string faults)
    {
        var directory = await (await TestServer.Shared).MakeDirectory();

        (await directory.Server.Admin.Get($"/directories/{directory.Id}/requests{query}")).ShouldHaveFaults(faults.Split(','));
    }

    [Fact]
    public async Task Requests_PageByPage_SkipNothing()
    {
        var directory = await (await TestServer.Shared).MakeDirectory();
        for (var i = 0; i < 7; i++)
        {
            (await directory.Scim.Get($"/Users?startIndex={i + 1}")).ShouldBe(200);
        }

        var seen = new List<string>();
        var after = "";
        do
        {
            var page = (await directory.Server.Admin.Get($"/directories/{directory.Id}/requests?count=3{after}")).ShouldBe(200).Json;
            seen.AddRange(page["items"]!.AsArray().Select(i => Of(i, "query")!));
            after = page["next"]?.GetValue<string>() is { } next ? $"&after={next}" : "";
        }
        while (after.Length > 0);

        seen.ShouldBe(Enumerable.Range(1, 7).Reverse().Select(i => $"?startIndex={i}"));
    }

    [Fact]
    public async Task UnauthenticatedTries_AreInTheLogOfTheDirectoryTheyName_AndKnownCredentialsAreTold()
    {
        var directory = await (await TestServer.Shared).MakeDirectory();
        var server = directory.Server;
        var revoked = (await server.Admin.Post($"/directories/{directory.Id}/keys", """{"name":"old"}""")).ShouldBe(201);
        (await server.Admin.Delete($"/directories/{directory.Id}/keys/{revoked.Id}")).ShouldBe(204);
        var token = revoked.String("secretToken")!;

        (await server.Client("/scim/v2", token).Get("/Users")).ShouldBe(401);
        (await server.Client("/scim/v2", directory.Token[..^1]).Get("/Users")).ShouldBe(401);
        (await server.Client($"/directories/{directory.Id}/scim/v2", token: null).Get("/Users")).ShouldBe(401);
        (await server.Client($"/directories/{directory.Id}/scim/v2", "anything").Post("/Users", Bodies.User("x"))).ShouldBe(401);
        (await server.Client("/scim/v2", "anything").Get("/Users")).ShouldBe(401);

        var items = await Items(directory);
        items.Count.ShouldBe(4);
        items.ShouldAllBe(i => Of(i, "outcome") == "unauthenticated");
        items.Select(i => Of(i, "credentialLastFour")).ShouldBe([null, null, null, token[^4..]]);
        (await One(directory, items[0]!))["requestBody"].ShouldBeNull();
    }

    [Fact]
    public async Task AccessTokenRefused_ForASecretThatWasRemoved_IsInTheLogWithTheReason()
    {
        var directory = await (await TestServer.Shared).MakeDirectory();
        var clients = $"/directories/{directory.Id}/clients";
        var client = (await directory.Server.Admin.Post(clients, """{"name":"C"}""")).ShouldBe(201).Id;
        var secret = (await directory.Server.Admin.Post($"{clients}/{client}/secrets", "{}")).ShouldBe(201);
        (await directory.Server.Admin.Delete($"{clients}/{client}/secrets/{secret.Id}")).ShouldBe(204);
        var form = $"grant_type=client_credentials&client_id={secret.String("clientId")}&client_secret={secret.String("secret")}";
        (await directory.Server.Client("/oauth2/token", token: null).Post("", form, ("Content-Type", "application/x-www-form-urlencoded"))).ShouldBe(401);

        var item = (await Items(directory)).ShouldHaveSingleItem();

        (Of(item, "outcome"), Of(item, "path"), Of(item, "credentialLastFour")).ShouldBe(("unauthenticated", "/oauth2/token", secret.String("secret")![^4..]));
        Of(item, "detail").ShouldNotBeNull().ShouldContain("removed");
        var connection = (await directory.Server.Admin.Get($"/directories/{directory.Id}/connection")).ShouldBe(200);
        (connection.String("state"), Of(connection.Json["quarantine"], "risk")).ShouldBe(("failing", "immediate"));
    }

    [Fact]
    public async Task UnauthenticatedTries_ForDirectoriesThatAreNot_LeaveNothingAndAreBounded()
    {
        var folder = Directory.CreateTempSubdirectory("muster-api-tests-").FullName;
        await using (var server = await TestServer.Start(folder))
        {
            var directory = await server.MakeDirectory();
            for (var i = 0; i < 20; i++)
            {
                (await server.Client($"/directories/nobody{i}/scim/v2", "x").Get("/Users")).ShouldBe(401);
            }

            for (var i = 0; i < Api.Requests.TryBudget.OfDirectory + 20; i++)
            {
                (await server.Client($"/directories/{directory.Id}/scim/v2", "x").Get("/Users")).ShouldBe(401);
            }

            (await Items(directory, "?count=200")).Count.ShouldBe(Api.Requests.TryBudget.OfDirectory);
        }

        EngineUnderTest.Rows(folder).ShouldNotContain(r => r.Key.StartsWith("nobody", StringComparison.Ordinal));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Retention_IsOver_RequestsAreGone()
    {
        var clock = new ManualTimeProvider();
        await using var server = await TestServer.Start(time: clock);
        var directory = await server.MakeDirectory();
        await directory.MakeUser("ada");
        (await server.Admin.Put($"/directories/{directory.Id}/request-log", """{"retentionDays":7}""")).ShouldBe(200);
        (await Items(directory)).Count.ShouldBe(1);

        clock.Advance(TimeSpan.FromDays(6));
        (await directory.Scim.Get("/Users")).ShouldBe(200);
        (await Items(directory)).Count.ShouldBe(2);
        clock.Advance(TimeSpan.FromDays(1.5));
        (await Items(directory)).Select(i => Of(i, "method")).ShouldBe(["GET"]);
        (await server.Admin.Get($"/directories/{directory.Id}/requests/0")).ShouldBeProblem(404);

        (await server.Admin.Put($"/directories/{directory.Id}/request-log", """{"retentionDays":1}""")).ShouldBe(200);
        (await Items(directory)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Settings_MaskBodiesAndOff_HoldFromTheNextRequestOn()
    {
        var directory = await (await TestServer.Shared).MakeDirectory();
        var settings = $"/directories/{directory.Id}/request-log";
        (await directory.Server.Admin.Put(settings, """{"bodies":"all","masked":["name.familyName","emails"]}""")).ShouldBe(200);
        var body = """{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ada","password":"hunter22","name":{"givenName":"Ada","familyName":"Lovelace"},"emails":[{"type":"work","value":"ada@example.com"}]}""";
        (await directory.Scim.Post("/Users", body)).ShouldBe(201);
        (await directory.Scim.Find("/Users", "emails.value eq \"ada@example.com\"")).ShouldBe(200);

        var items = await Items(directory);
        var made = await One(directory, items[1]!);
        made["requestBody"]!.ToJsonString().ShouldBe(
            """{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ada","password":"***","name":{"givenName":"Ada","familyName":"***"},"emails":"***"}""");
        made["responseBody"]!["emails"]!.GetValue<string>().ShouldBe("***");
        made["responseBody"]!["meta"]!["location"]!.GetValue<string>().ShouldStartWith("http");
        Of(items[0], "query").ShouldBe("?filter=emails.value eq \"***\"");
        (await One(directory, items[0]!)).ToJsonString().ShouldNotContain("ada@example.com");

        (await directory.Server.Admin.Put(settings, """{"on":false}""")).ShouldBe(200).Json["on"]!.GetValue<bool>().ShouldBeFalse();
        (await directory.Scim.Get("/Users")).ShouldBe(200);
        (await Items(directory)).Count.ShouldBe(2);
        (await directory.Server.Admin.Get($"/directories/{directory.Id}/connection")).ShouldBe(200).Json["requests"]!.GetValue<long>().ShouldBe(3);
        (await directory.Server.Admin.Put(settings, """{"bodies":"none"}""")).ShouldBe(200);
        (await directory.Scim.Post("/Users", body)).ShouldBe(409);
        (await One(directory, (await Items(directory))[0]!))["requestBody"].ShouldBeNull();
    }

    [Fact]
    public async Task Settings_Faults_AreAllNamed()
    {
        var directory = await (await TestServer.Shared).MakeDirectory();

        var refused = await directory.Server.Admin.Put($"/directories/{directory.Id}/request-log", """{"bodies":"some","masked":[""],"retentionDays":0}""");

        refused.ShouldHaveFaults("#/bodies", "#/masked", "#/retentionDays");
    }

    [Fact]
    public async Task ServerSettings_Off_LogNothing()
    {
        await using var server = await TestServer.Start(args: ["--RequestLog:On", "false"]);
        var directory = await server.MakeDirectory();
        await directory.MakeUser("ada");

        (await Items(directory)).ShouldBeEmpty();
        (await server.Admin.Get($"/directories/{directory.Id}/request-log")).ShouldBe(200).Json["on"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task Removal_TakesTheLogWithIt()
    {
        var folder = Directory.CreateTempSubdirectory("muster-api-tests-").FullName;
        await using (var server = await TestServer.Start(folder))
        {
            var directory = await server.MakeDirectory();
            await directory.MakeUser("ada");
            (await Items(directory)).Count.ShouldBe(1);
            (await server.Admin.Delete($"/directories/{directory.Id}")).ShouldBe(202);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            while ((await server.Admin.Get($"/directories/{directory.Id}")).Status != 404)
            {
                patience.IsCancellationRequested.ShouldBeFalse();
            }

            (await server.Admin.Get($"/directories/{directory.Id}/requests")).ShouldBeProblem(404);
        }

        EngineUnderTest.Rows(folder).ShouldNotContain(r => r.Type.StartsWith("request", StringComparison.Ordinal));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Stop_WritesWhatWaits()
    {
        var folder = Directory.CreateTempSubdirectory("muster-api-tests-").FullName;
        var server = await TestServer.Start(folder, time: new ManualTimeProvider());
        var (directory, key) = (await server.MakeDirectory(), server.AdminKey);
        await directory.MakeUser("ada");
        await server.DisposeAsync();

        await using (var again = await TestServer.Start(folder, adminKey: key))
        {
            (await again.Admin.Get($"/directories/{directory.Id}/requests")).ShouldBe(200).Json["items"]!.AsArray().Count.ShouldBe(1);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Connection_FromNeverToSilent_TellsStateClientAndReason()
    {
        var clock = new ManualTimeProvider();
        await using var server = await TestServer.Start(time: clock);
        var directory = await server.MakeDirectory();
        (await Connection()).ShouldBe(("neverConnected", null, "low"));
        (await directory.Scim.Find("/Users", $"externalId eq \"{Guid.NewGuid()}\"")).ShouldBe(200);
        (await Connection()).ShouldBe(("connected", "other", "low"));

        (await directory.Scim.Find("/Users", $"userName eq \"{Guid.NewGuid()}\"")).ShouldBe(200);
        (await Connection()).ShouldBe(("connected", "entra", "low"));

        clock.Advance(TimeSpan.FromHours(25));
        (await Connection()).ShouldBe(("silent", "entra", "low"));

        (await server.Admin.Delete($"/directories/{directory.Id}/keys/{directory.KeyId}")).ShouldBe(204);
        (await directory.Scim.Get("/Users")).ShouldBe(401);
        (await Connection()).ShouldBe(("failing", "entra", "immediate"));
        var failing = (await server.Admin.Get($"/directories/{directory.Id}/connection")).Json;
        failing["lastFailure"]!["status"]!.GetValue<int>().ShouldBe(401);
        failing["lastTest"]!["outcome"]!.GetValue<string>().ShouldBe("succeeded");

        async Task<(string? State, string? Client, string? Risk)> Connection()
        {
            var json = (await server.Admin.Get($"/directories/{directory.Id}/connection")).ShouldBe(200).Json;
            return (Of(json, "state"), Of(json, "client"), Of(json["quarantine"], "risk"));
        }
    }

    [Fact]
    public async Task Progress_OfAFirstCycle_CountsUsersGroupsAndMembersOverTime()
    {
        var clock = new ManualTimeProvider();
        await using var server = await TestServer.Start(time: clock);
        var directory = await server.MakeDirectory();
        var path = $"/directories/{directory.Id}/progress";
        (await server.Admin.Get(path)).ShouldBe(200).String("state").ShouldBe("notBegun");

        var users = new[] { await directory.MakeUser("a"), await directory.MakeUser("b") };
        clock.Advance(TimeSpan.FromMinutes(3));
        var group = await directory.MakeGroup("G");
        (await directory.Scim.Patch($"/Groups/{group}", Bodies.AddMembers(users))).ShouldBe(204);

        var progress = (await server.Admin.Get(path)).ShouldBe(200).Json;
        Of(progress, "state").ShouldBe("underWay");
        (Count("usersMade"), Count("groupsMade"), Count("membersAdded"), Count("users"), Count("groups"), Count("usersPerHour")).ShouldBe((2, 1, 2, 2, 1, 2));
        var points = progress["points"]!.AsArray();
        (points.Count, points[0]!["usersMade"]!.GetValue<int>(), points[3]!["membersAdded"]!.GetValue<int>()).ShouldBe((4, 2, 2));
        clock.Advance(TimeSpan.FromHours(1));
        (await server.Admin.Get(path)).ShouldBe(200).String("state").ShouldBe("settled");

        long Count(string name) => progress[name]!.GetValue<long>();
    }

    private static async Task<JsonArray> Items(TestDirectory directory, string query = "") =>
        (await directory.Server.Admin.Get($"/directories/{directory.Id}/requests{query}")).ShouldBe(200).Json["items"]!.AsArray();

    private static async Task<JsonNode> One(TestDirectory directory, JsonNode item) =>
        (await directory.Server.Admin.Get($"/directories/{directory.Id}/requests/{Of(item, "id")}")).ShouldBe(200).Json;

    private static string? Of(JsonNode? node, string name) => node?[name]?.GetValue<string>();
}
