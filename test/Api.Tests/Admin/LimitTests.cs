namespace Api.Tests.Admin;

/// <summary>What a directory is limited to holds, and is said.</summary>
public sealed class LimitTests
{
    [Theory]
    [InlineData("Users", "maxUsers")]
    [InlineData("Groups", "maxGroups")]
    public async Task Post_ManyAtOnce_MakesJustAsManyAsThereMayBe(string type, string limit)
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory(more: $$""","limits":{"{{limit}}":5} """);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => directory.Scim.Post("/" + type, Body(type, i))));

        answers.Count(a => a.Status == 201).ShouldBe(5);
        foreach (var refused in answers.Where(a => a.Status != 201))
        {
            refused.ShouldBeError(507).String("detail")!.ShouldContain("5 resources");
        }

        (await directory.Scim.Get($"/{type}?count=0")).ShouldBe(200).TotalResults.ShouldBe(5);
    }

    [Fact]
    public async Task Post_WhereOneWasDeletedOrMoreAreAllowed_HasRoom()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory(more: ""","limits":{"maxUsers":1} """);
        var first = await directory.MakeUser("first");

        (await directory.Scim.Post("/Users", Bodies.User("second"))).ShouldBeError(507);
        (await directory.Scim.Patch($"/Users/{first}", Bodies.Replace("active", "false"))).ShouldBe(200);
        (await directory.Scim.Delete($"/Users/{first}")).ShouldBe(204);
        var second = await directory.MakeUser("second");
        (await directory.Scim.Post("/Users", Bodies.User("SECOND"))).ShouldBeError(507);
        (await server.Admin.Patch($"/directories/{directory.Id}", """{"limits":{"maxUsers":2}}""")).ShouldBe(200);
        (await directory.Scim.Post("/Users", Bodies.User("SECOND"))).ShouldBeError(409, "uniqueness");

        // One that was refused for its name keeps no place.
        await directory.MakeUser("third");
        (await server.Admin.Patch($"/directories/{directory.Id}", """{"limits":{"maxUsers":0}}""")).ShouldBe(200);
        (await directory.Scim.Get($"/Users/{second}")).ShouldBe(200);
        (await directory.Scim.Post("/Users", Bodies.User("fourth"))).ShouldBeError(507);
    }

    [Fact]
    public async Task Post_UnderALimit_CostsNoStorageOperationMore()
    {
        await using var server = await TestServer.Start();
        var free = await server.MakeDirectory();
        var limited = await server.MakeDirectory(more: ""","limits":{"maxUsers":1000} """);
        await free.MakeUser("first");
        await limited.MakeUser("first");

        (await Operations(server, () => limited.MakeUser("second"))).ShouldBe(await Operations(server, () => free.MakeUser("second")));
    }

    [Fact]
    public async Task Bulk_OverTheLimit_RefusesEachOperationThatHasNoRoom()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory(more: ""","limits":{"maxUsers":1} """);
        var operations = Enumerable.Range(0, 3).Select(i => $$"""{"method":"POST","path":"/Users","bulkId":"b{{i}}","data":{{Bodies.User($"u{i}")}} }""");

        var answer = await directory.Scim.Post("/Bulk", $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[{{string.Join(',', operations)}}]}""");

        answer.ShouldBe(200).Json["Operations"]!.AsArray().Select(o => o!["status"]!.ToString()).Order(StringComparer.Ordinal).ShouldBe(["201", "507", "507"]);
    }

    [Fact]
    public async Task Body_LargerThanTheDirectoryTakes_Is413WithItsLimit()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory(more: ""","limits":{"maxRequestBytes":2048} """);

        await directory.MakeUser("small");
        var refused = await directory.Scim.Post("/Users", Bodies.User("large", $$""","title":"{{new string('x', 2048)}}" """));

        refused.ShouldBeError(413).String("detail")!.ShouldContain("2048");
        (await directory.Scim.Get("/ServiceProviderConfig")).ShouldBe(200).Json["bulk"]!["maxPayloadSize"]!.GetValue<int>().ShouldBe(2048);
        (await (await server.MakeDirectory()).Scim.Post("/Users", Bodies.User("large", $$""","title":"{{new string('x', 2048)}}" """))).ShouldBe(201);
    }

    [Fact]
    public async Task Requests_OverTheDirectorysOwnRate_Are429WithThatRate()
    {
        var time = new ManualTimeProvider();
        await using var server = await TestServer.Start(time: time);
        var directory = await server.MakeDirectory(more: ""","limits":{"requestsPerSecond":1} """);
        (await directory.Scim.Get("/Users?count=0")).ShouldBe(200);

        var held = time.Waiting(Api.Scim.HeldRefusals.HoldTime);
        var refusal = directory.Scim.Get("/Users?count=0");
        await held;
        time.Advance(Api.Scim.HeldRefusals.HoldTime);

        (await refusal).ShouldBeError(429).String("detail")!.ShouldStartWith("The directory takes 1 requests a second.");
    }

    private static string Body(string type, int number) => type == "Users" ? Bodies.User($"user{number}") : Bodies.Group($"Group {number}");

    private static async Task<string> Operations(TestServer server, Func<Task> work)
    {
        var before = (await server.Admin.Get("/metrics")).ShouldBe(200).Json;
        await work();
        var after = (await server.Admin.Get("/metrics")).ShouldBe(200).Json;
        return string.Join(' ', new[] { "reads", "writes", "clears" }.Select(n => after[n]!.GetValue<long>() - before[n]!.GetValue<long>()));
    }
}
