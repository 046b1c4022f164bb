namespace Api.Tests.Scim;

/// <summary><c>/Bulk</c> (RFC 7644 §3.7), as a client sees it.</summary>
public sealed class BulkTests
{
    [Fact]
    public async Task Bulk_EachMethod_DoesAsRequestsByThemselvesWould()
    {
        var directory = await NewDirectory();
        var ada = await directory.MakeUser("ada");
        var bob = await directory.MakeUser("bob");
        var cleo = await directory.MakeUser("cleo");

        var answer = await Bulk(
            directory,
            Post("/Users", "u", Bodies.User("dora")),
            $$"""{"method":"PUT","path":"/Users/{{ada}}","data":{{Bodies.User("ada2")}}}""",
            $$"""{"method":"PATCH","path":"/Users/{{bob}}","version":"W/\"1\"","data":{{Bodies.Replace("title", "\"Dr\"")}}}""",
            $$"""{"method":"DELETE","path":"/Users/{{cleo}}"}""");

        answer.Header("Content-Type").ShouldBe("application/scim+json");
        answer.Json["schemas"]![0]!.GetValue<string>().ShouldBe("urn:ietf:params:scim:api:messages:2.0:BulkResponse");
        Statuses(answer).ShouldBe(["201", "200", "200", "204"]);
        var made = answer.Json["Operations"]![0]!;
        made["bulkId"]!.GetValue<string>().ShouldBe("u");
        made["method"]!.GetValue<string>().ShouldBe("POST");
        made["version"]!.GetValue<string>().ShouldBe("W/\"1\"");
        made["location"]!.GetValue<string>().ShouldStartWith($"{directory.Scim.Root}/Users/");
        var second = answer.Json["Operations"]![1]!;
        second["location"]!.GetValue<string>().ShouldBe($"{directory.Scim.Root}/Users/{ada}");
        second["version"]!.GetValue<string>().ShouldBe("W/\"2\"");
        (await directory.Scim.Find("/Users", "userName eq \"dora\"")).TotalResults.ShouldBe(1);
        (await directory.Scim.Get($"/Users/{ada}")).String("userName").ShouldBe("ada2");
        (await directory.Scim.Get($"/Users/{bob}")).String("title").ShouldBe("Dr");
        (await directory.Scim.Get($"/Users/{cleo}")).ShouldBeError(404);
    }

    [Fact]
    public async Task Bulk_ReferencesInBodiesAndPathsWhicheverWayTheyPoint_Resolve()
    {
        var directory = await NewDirectory();

        var answer = await Bulk(
            directory,
            Post("/Groups", "g", Bodies.Group("G", "bulkId:u1")),
            Post("/Users", "u1", Bodies.User("ada", ""","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":{"value":"bulkId:u2"}}""")),
            Post("/Users", "u2", Bodies.User("bob")),
            $$"""{"method":"PATCH","path":"/Groups/bulkId:g","data":{{Bodies.AddMembers("bulkId:u2")}}}""",
            """{"method":"PATCH","path":"/Groups/bulkId:g","data":{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"remove","path":"members[value eq \"bulkId:u1\"]"}]}}""");

        Statuses(answer).ShouldBe(["201", "201", "201", "200", "200"]);
        var ids = answer.Json["Operations"]!.AsArray().Select(o => o!["location"]!.GetValue<string>().Split('/')[^1]).ToArray();
        (await directory.Scim.Get($"/Groups/{ids[0]}")).Json["members"]!.AsArray().Select(m => m!["value"]!.GetValue<string>()).ShouldBe([ids[2]]);
        (await directory.Scim.Get($"/Users/{ids[1]}")).Json["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"]!["manager"]!["value"]!.GetValue<string>().ShouldBe(ids[2]);
    }

    [Fact]
    public async Task Bulk_GroupsThatAreMembersOfOneAnother_AreMadeAndLinked()
    {
        var directory = await NewDirectory();

        var answer = await Bulk(directory, Post("/Groups", "a", Bodies.Group("A", "bulkId:b")), Post("/Groups", "b", Bodies.Group("B", "bulkId:a")));

        Statuses(answer).ShouldBe(["201", "201"]);
        var ids = answer.Json["Operations"]!.AsArray().Select(o => o!["location"]!.GetValue<string>().Split('/')[^1]).ToArray();
        (await directory.Scim.Get($"/Groups/{ids[0]}")).Json["members"]![0]!["value"]!.GetValue<string>().ShouldBe(ids[1]);
        (await directory.Scim.Get($"/Groups/{ids[1]}")).Json["members"]![0]!["value"]!.GetValue<string>().ShouldBe(ids[0]);
        answer.Json["Operations"]![0]!["version"]!.GetValue<string>().ShouldBe((await directory.Scim.Get($"/Groups/{ids[0]}")).Header("ETag"));
    }

    [Fact]
    public async Task Bulk_OperationsThatFail_AreToldAndTheOthersGoOn()
    {
        var directory = await NewDirectory();
        var ada = await directory.MakeUser("ada");
        const string Nobody = "0199aaaa-0000-7000-8000-000000000000";

        var answer = await Bulk(
            directory,
            Post("/Users", "a", Bodies.User("ADA")),
            Post("/Groups", "g", Bodies.Group("G", "bulkId:a")),
            Post("/Groups", "h", Bodies.Group("H", "bulkId:nobody")),
            $$"""{"method":"PATCH","path":"/Users/{{ada}}","version":"W/\"7\"","data":{{Bodies.Replace("title", "\"Dr\"")}}}""",
            $$"""{"method":"DELETE","path":"/Users/{{Nobody}}"}""",
            """{"method":"GET","path":"/Users"}""",
            """{"method":"POST","path":"/Robots","bulkId":"r","data":{}}""",
            $$"""{"method":"POST","path":"/Users/{{ada}}","bulkId":"p","data":{ } }""",
            """{"method":"DELETE","path":"/Users"}""",
            """{"method":"POST","path":"/Users","bulkId":"n"}""",
            Post("/Users", "g", Bodies.User("dup")),
            """{"method":"POST","path":"/Users","bulkId":"i","data":{"userName":7}}""",
            "7",
            Post("/Users", "good", Bodies.User("good")));

        Statuses(answer).ShouldBe(["409", "409", "400", "412", "404", "400", "404", "405", "405", "400", "400", "400", "400", "201"]);
        var refused = answer.Json["Operations"]![0]!;
        refused["location"].ShouldBeNull();
        refused["response"]!["schemas"]![0]!.GetValue<string>().ShouldBe("urn:ietf:params:scim:api:messages:2.0:Error");
        refused["response"]!["scimType"]!.GetValue<string>().ShouldBe("uniqueness");
        refused["response"]!["status"]!.GetValue<string>().ShouldBe("409");
        answer.Json["Operations"]![2]!["response"]!["detail"]!.GetValue<string>().ShouldBe("There is no POST with the bulkId 'nobody' in this request.");
        answer.Json["Operations"]![3]!["location"]!.GetValue<string>().ShouldBe($"{directory.Scim.Root}/Users/{ada}");
        (await directory.Scim.Get("/Groups")).TotalResults.ShouldBe(0);
    }

    [Theory]
    [InlineData(1, new[] { "201", "409" })]
    [InlineData(2, new[] { "201", "409", "201", "409" })]
    [InlineData(9, new[] { "201", "409", "201", "409", "201" })]
    public async Task Bulk_FailOnErrors_EndsAfterThatMany(int errors, string[] statuses)
    {
        var directory = await NewDirectory();
        await directory.MakeUser("taken");

        var answer = await directory.Scim.Post("/Bulk", Request(
            [Post("/Users", "a", Bodies.User("a")), Post("/Users", "b", Bodies.User("taken")), Post("/Users", "c", Bodies.User("c")), Post("/Users", "d", Bodies.User("taken")), Post("/Users", "e", Bodies.User("e"))],
            $"\"failOnErrors\":{errors},"));

        Statuses(answer.ShouldBe(200)).ShouldBe(statuses);
        (await directory.Scim.Get("/Users")).TotalResults.ShouldBe(1 + statuses.Count(s => s == "201"));
    }

    [Fact]
    public async Task Bulk_OperationsOnOneResource_AreDoneInTheirOrder()
    {
        var directory = await NewDirectory();
        var ada = await directory.MakeUser("ada");
        var operations = Enumerable.Range(0, 50).Select(i => $$"""{"method":"PATCH","path":"/Users/{{ada}}","data":{{Bodies.Replace("title", $"\"{i}\"")}}}""").ToList();
        operations.Add($$"""{"method":"DELETE","path":"/Users/{{ada}}"}""");
        operations.Add(Post("/Users", "again", Bodies.User("ada")));
        operations.Add(Post("/Users", "twice", Bodies.User("Ada")));

        var answer = await Bulk(directory, [.. operations]);

        Statuses(answer).ShouldBe([.. Enumerable.Repeat("200", 50), "204", "201", "409"]);
        answer.Json["Operations"]![49]!["version"]!.GetValue<string>().ShouldBe("W/\"51\"");
    }

    [Fact]
    public async Task Bulk_SentAgainWithItsIdempotencyKey_MakesNothingTwice()
    {
        var directory = await NewDirectory();
        var body = Request([Post("/Users", "a", Bodies.User("a")), Post("/Groups", "g", Bodies.Group("G", "bulkId:a"))]);

        var first = (await directory.Scim.Post("/Bulk", body, ("Idempotency-Key", "one"))).ShouldBe(200);
        var second = (await directory.Scim.Post("/Bulk", body, ("Idempotency-Key", "one"))).ShouldBe(200);

        Statuses(first).ShouldBe(["201", "201"]);
        second.Text.ShouldBe(first.Text);
        (await directory.Scim.Get("/Users")).TotalResults.ShouldBe(1);
        (await directory.Scim.Get("/Groups")).TotalResults.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"Operations":[{"method":"DELETE","path":"/Users/1"}]}""", "invalidSyntax")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"]}""", "invalidSyntax")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[]}""", "invalidSyntax")]
    [InlineData("""{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"failOnErrors":0,"Operations":[{"method":"DELETE","path":"/Users/1"}]}""", "invalidValue")]
    [InlineData("[]", "invalidSyntax")]
    [InlineData("", "invalidSyntax")]
    public async Task Bulk_NoBulkRequest_IsRefused(string body, string scimType)
    {
        var directory = await NewDirectory();

        (await directory.Scim.Post("/Bulk", body)).ShouldBeError(400, scimType);
    }

    [Fact]
    public async Task Bulk_MoreThanTheLimits_Is413AndNothingIsDone()
    {
        var directory = await NewDirectory();
        var limits = (await directory.Scim.Get("/ServiceProviderConfig")).Json["bulk"]!;
        var most = limits["maxOperations"]!.GetValue<int>();

        var many = await directory.Scim.Post("/Bulk", Request([.. Enumerable.Range(0, most + 1).Select(i => Post("/Users", $"b{i}", Bodies.User($"u{i}")))]));
        var large = await directory.Scim.Post("/Bulk", Request([Post("/Users", "a", Bodies.User("a", $",\"title\":\"{new string('x', limits["maxPayloadSize"]!.GetValue<int>())}\""))]));

        many.ShouldBeError(413).String("detail")!.ShouldContain($"{most}");
        large.ShouldBeError(413);
        limits["supported"]!.GetValue<bool>().ShouldBeTrue();
        (await directory.Scim.Get("/Users")).TotalResults.ShouldBe(0);
    }

    [Fact]
    public async Task Bulk_OfManyUsers_MakesEachOnce()
    {
        var directory = await NewDirectory();

        var answer = await Bulk(directory, [.. Enumerable.Range(0, 300).Select(i => Post("/Users", $"b{i}", Bodies.User($"u{i}")))]);

        Statuses(answer).ShouldAllBe(s => s == "201");
        (await directory.Scim.Get("/Users?count=0")).TotalResults.ShouldBe(300);
    }

    [Fact]
    public async Task Me_Is501()
    {
        var directory = await NewDirectory();

        (await directory.Scim.Get("/Me")).ShouldBeError(501);
        (await directory.Scim.Patch("/Me", Bodies.Replace("title", "\"Dr\""))).ShouldBeError(501);
    }

    private static async Task<TestDirectory> NewDirectory() => await (await TestServer.Shared).MakeDirectory();

    private static async Task<Answer> Bulk(TestDirectory directory, params string[] operations) =>
        (await directory.Scim.Post("/Bulk", Request(operations))).ShouldBe(200);

    private static string Request(string[] operations, string more = "") =>
        $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],{{more}}"Operations":[{{string.Join(',', operations)}}]}""";

    private static string Post(string path, string bulkId, string data) => $$"""{"method":"POST","path":"{{path}}","bulkId":"{{bulkId}}","data":{{data}}}""";

    private static string[] Statuses(Answer answer) => [.. answer.Json["Operations"]!.AsArray().Select(o => o!["status"]!.GetValue<string>())];
}
