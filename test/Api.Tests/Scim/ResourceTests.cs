namespace Api.Tests.Scim;

/// <summary>The life of users and groups, as a client sees it.</summary>
public sealed class ResourceTests
{
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Create_EitherAddress_GivesLocationsInItsOwnForm(bool byPath)
    {
        var directory = await NewDirectory();
        var client = byPath ? directory.ByPath : directory.Scim;

        var made = (await client.Post("/Users", Bodies.User("ada", ""","externalId":"E1","name":{"givenName":"Ada"} """))).ShouldBe(201);
        var group = (await client.Post("/Groups", Bodies.Group("G", made.Id))).ShouldBe(201);

        var location = $"{client.Root}/Users/{made.Id}";
        made.Header("Content-Type").ShouldBe("application/scim+json");
        made.Header("Location").ShouldBe(location);
        made.Header("ETag").ShouldBe("W/\"1\"");
        made.Json["meta"]!["location"]!.GetValue<string>().ShouldBe(location);
        made.Json["meta"]!["version"]!.GetValue<string>().ShouldBe("W/\"1\"");
        var read = (await client.Get($"/Users/{made.Id}")).ShouldBe(200);
        read.Json["groups"]![0]!["$ref"]!.GetValue<string>().ShouldBe($"{client.Root}/Groups/{group.Id}");
        (await client.Get($"/Groups/{group.Id}")).Json["members"]![0]!["$ref"]!.GetValue<string>().ShouldBe(location);
        (await (byPath ? directory.Scim : directory.ByPath).Get($"/Users/{made.Id}")).Json["meta"]!["location"]!.GetValue<string>().ShouldNotBe(location);
    }

    [Fact]
    public async Task User_LargerThanItsRow_Is413AndNothingChanges()
    {
        const int Most = 256 << 10;
        var directory = await NewDirectory();
        static string Phones(int count) => $"[{string.Join(',', Enumerable.Range(0, count).Select(i => $"{{\"value\":\"{i}{new string('1', 50_000)}\"}}"))}]";

        var refused = (await directory.Scim.Post("/Users", Bodies.User("ada", $",\"phoneNumbers\":{Phones(6)}"))).ShouldBeError(413);
        var made = (await directory.Scim.Post("/Users", Bodies.User("ada", $",\"phoneNumbers\":{Phones(5)}"))).ShouldBe(201);
        var changed = (await directory.Scim.Patch($"/Users/{made.Id}", Bodies.Replace("phoneNumbers", Phones(6)))).ShouldBeError(413);

        refused.String("detail")!.ShouldEndWith($"it may have {Most} at the most.");
        changed.String("detail")!.ShouldEndWith($"it may have {Most} at the most.");
        (await directory.Scim.Get($"/Users/{made.Id}")).Json["phoneNumbers"]!.AsArray().Count.ShouldBe(5);
        (await directory.Scim.Get("/Users")).TotalResults.ShouldBe(1);
    }

    [Fact]
    public async Task Walk_Of250Users_MeetsEachOnce()
    {
        var directory = await NewDirectory();
        var made = await Task.WhenAll(Enumerable.Range(0, 250).Select(i => directory.MakeUser($"user{i}")));

        var met = new List<string>();
        for (var start = 1; start <= 250; start += 30)
        {
            var page = (await directory.Scim.Get($"/Users?startIndex={start}&count=30")).ShouldBe(200);
            page.TotalResults.ShouldBe(250);
            page.Json["startIndex"]!.GetValue<int>().ShouldBe(start);
            page.Json["itemsPerPage"]!.GetValue<int>().ShouldBe(page.Resources.Count);
            met.AddRange(page.Resources.Select(r => r!["id"]!.GetValue<string>()));
        }

        met.Count.ShouldBe(250);
        met.ShouldBe(made, ignoreOrder: true);
        (await directory.Scim.Get("/Users?startIndex=251&count=30")).Resources.ShouldBeEmpty();
        (await directory.Scim.Get("/Users?count=0")).Resources.ShouldBeEmpty();
        (await directory.Scim.Get("/Users?count=-5")).ShouldBe(200).Resources.ShouldBeEmpty();
        (await directory.Scim.Get("/Users?startIndex=-7&count=3")).Json["startIndex"]!.GetValue<int>().ShouldBe(1);
        (await directory.Scim.Get("/Users")).Resources.Count.ShouldBe(100);
        var filtered = await directory.Scim.Get("/Users?filter=userName%20sw%20%22user1%22&startIndex=101&count=100");
        filtered.TotalResults.ShouldBe(111);
        filtered.Resources.Count.ShouldBe(11);
    }

    [Theory]
    [InlineData("userName eq \"ADA@Example.com\"", 1)]
    [InlineData("externalId eq \"E1\"", 1)]
    [InlineData("externalId eq \"e1\"", 0)]
    [InlineData("emails[type eq \"work\"].value eq \"ada@example.com\"", 1)]
    [InlineData("emails[type eq \"home\"].value eq \"ada@example.com\"", 0)]
    [InlineData("userName eq \"ada@example.com\" and externalId eq \"E1\"", 1)]
    [InlineData("userName eq \"ada@example.com\" and externalId eq \"E2\"", 0)]
    [InlineData("active eq false", 1)]
    [InlineData("userName eq \"0199aaaa-0000-7000-8000-000000000000\"", 0)]
    public async Task Filter_OfUsers_FindsThose(string filter, int expected)
    {
        var directory = await NewDirectory();
        await directory.MakeUser("other");
        (await directory.Scim.Post("/Users", Bodies.User("ada@example.com", ""","externalId":"E1","active":false,"emails":[{"type":"work","value":"ada@example.com"}]"""))).ShouldBe(201);

        (await directory.Scim.Find("/Users", filter)).ShouldBe(200).TotalResults.ShouldBe(expected);
    }

    [Fact]
    public async Task Selection_OfAttributes_LeavesOutTheRest()
    {
        var directory = await NewDirectory();
        var user = (await directory.Scim.Post("/Users", Bodies.User("ada", ""","title":"Countess","name":{"givenName":"Ada","familyName":"L"} """))).Id;
        var group = await directory.MakeGroup("G", user);

        var only = await directory.Scim.Get($"/Users/{user}?attributes=name.givenName");
        var without = await directory.Scim.Get($"/Users/{user}?excludedAttributes=title,meta&aadOptscim062020");
        var lean = await directory.Scim.Get($"/Groups/{group}?excludedAttributes=members");

        only.Json.AsObject().Select(p => p.Key).ShouldBe(["schemas", "id", "name"], ignoreOrder: true);
        only.Json["name"]!.ToJsonString().ShouldBe("""{"givenName":"Ada"}""");
        without.Json["title"].ShouldBeNull();
        without.Json["meta"].ShouldBeNull();
        without.String("userName").ShouldBe("ada");
        lean.Json["members"].ShouldBeNull();
        (await directory.Scim.Get($"/Groups/{group}")).Json["members"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Versions_InConditions_AreHonoured()
    {
        var directory = await NewDirectory();
        var made = await directory.Scim.Post("/Users", Bodies.User("ada"));
        var path = $"/Users/{made.Id}";
        var first = made.Header("ETag")!;

        var same = await directory.Scim.Get(path, ("If-None-Match", first));
        var changed = await directory.Scim.Patch(path, Bodies.Replace("title", "\"Countess\""), ("If-Match", first));
        var stale = await directory.Scim.Patch(path, Bodies.Replace("title", "\"Duchess\""), ("If-Match", first));
        var stalePut = await directory.Scim.Put(path, Bodies.User("ada"), ("If-Match", first));
        var staleDelete = await directory.Scim.Delete(path, ("If-Match", first));

        same.ShouldBe(304).Body.ShouldBeEmpty();
        same.Header("ETag").ShouldBe(first);
        changed.ShouldBe(200).Header("ETag").ShouldNotBe(first);
        stale.ShouldBeError(412);
        stalePut.ShouldBeError(412);
        staleDelete.ShouldBeError(412);
        (await directory.Scim.Get(path, ("If-None-Match", first))).ShouldBe(200).String("title").ShouldBe("Countess");
        (await directory.Scim.Delete(path, ("If-Match", "*"))).ShouldBe(204);
    }

    [Fact]
    public async Task Patch_ThatChangesNothing_KeepsVersionAndTime()
    {
        var directory = await NewDirectory();
        var path = $"/Users/{await directory.MakeUser("ada")}";
        var set = await directory.Scim.Patch(path, Bodies.Replace("active", "false"));

        var again = await directory.Scim.Patch(path, Bodies.Patch("""{"op":"Replace","path":"active","value":"False"}"""));
        var put = await directory.Scim.Put(path, Bodies.User("ada", ""","active":false"""));

        set.Header("ETag").ShouldBe("W/\"2\"");
        again.ShouldBe(200).Text.ShouldBe(set.Text);
        put.ShouldBe(200).Text.ShouldBe(set.Text);
    }

    [Fact]
    public async Task Put_LeavesOutWhatIsNotSent_AndDeleteEnds()
    {
        var directory = await NewDirectory();
        var made = await directory.Scim.Post("/Users", Bodies.User("ada", ""","title":"Countess" """));
        var path = $"/Users/{made.Id}";

        var put = (await directory.Scim.Put(path, Bodies.User("lovelace", ""","displayName":"Ada" """))).ShouldBe(200);

        put.Id.ShouldBe(made.Id);
        put.Json["title"].ShouldBeNull();
        put.Json["meta"]!["created"]!.GetValue<string>().ShouldBe(made.Json["meta"]!["created"]!.GetValue<string>());
        (await directory.Scim.Find("/Users", "userName eq \"ada\"")).TotalResults.ShouldBe(0);
        (await directory.Scim.Delete(path)).ShouldBe(204).Body.ShouldBeEmpty();
        (await directory.Scim.Get(path)).ShouldBeError(404);
        (await directory.Scim.Patch(path, Bodies.Replace("title", "\"x\""))).ShouldBeError(404);
        (await directory.Scim.Put(path, Bodies.User("x"))).ShouldBeError(404);
        (await directory.Scim.Delete(path)).ShouldBeError(404);
        (await directory.Scim.Get("/Users")).TotalResults.ShouldBe(0);
        (await directory.Scim.Post("/Users", Bodies.User("lovelace"))).ShouldBe(201).Id.ShouldNotBe(made.Id);
    }

    [Fact]
    public async Task Membership_IsSeenFromBothSides_AndEndsWithEither()
    {
        var directory = await NewDirectory();
        var ada = await directory.MakeUser("ada");
        var eve = await directory.MakeUser("eve");
        var inner = await directory.MakeGroup("Inner", ada, eve);
        var outer = await directory.MakeGroup("Outer", ada, inner);

        (await Values(directory, $"/Users/{ada}", "groups")).ShouldBe([inner, outer], ignoreOrder: true);
        (await Values(directory, $"/Groups/{outer}", "members")).ShouldBe([ada, inner], ignoreOrder: true);
        (await directory.Scim.Get($"/Groups/{outer}")).Text.ShouldContain("\"type\":\"Group\"");
        (await directory.Scim.Find("/Groups", $"members eq \"{ada}\"")).TotalResults.ShouldBe(2);
        (await directory.Scim.Find("/Groups", $"id eq \"{inner}\" and members eq \"{eve}\"")).TotalResults.ShouldBe(1);

        (await directory.Scim.Delete($"/Groups/{inner}")).ShouldBe(204);
        (await Values(directory, $"/Groups/{outer}", "members")).ShouldBe([ada]);
        (await Values(directory, $"/Users/{ada}", "groups")).ShouldBe([outer]);
        (await Values(directory, $"/Users/{eve}", "groups")).ShouldBeEmpty();

        (await directory.Scim.Delete($"/Users/{ada}")).ShouldBe(204);
        (await Values(directory, $"/Groups/{outer}", "members")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"op":"Remove","path":"members","value":[{"$ref":null,"value":"{ada}"}]}""", "eve")]
    [InlineData("""{"op":"remove","path":"members[value eq \"{ada}\"]"}""", "eve")]
    [InlineData("""{"op":"remove","path":"members"}""", "")]
    [InlineData("""{"op":"replace","path":"members","value":[{"value":"{bob}"}]}""", "bob")]
    [InlineData("""{"op":"replace","value":{"displayName":"New"}}""", "ada,eve")]
    [InlineData("""{"op":"Add","path":"members","value":[{"$ref":null,"value":"{bob}"},{"value":"{ada}"}]}""", "ada,bob,eve")]
    public async Task PatchOfMembers_InEachDialect_LeavesThose(string operation, string expected)
    {
        var directory = await NewDirectory();
        var ids = new Dictionary<string, string>(StringComparer.Ordinal) { ["ada"] = await directory.MakeUser("ada"), ["bob"] = await directory.MakeUser("bob"), ["eve"] = await directory.MakeUser("eve") };
        var group = await directory.MakeGroup("G", ids["ada"], ids["eve"]);
        var body = ids.Aggregate(operation, (text, id) => text.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal));

        (await directory.Scim.Patch($"/Groups/{group}", Bodies.Patch(body))).ShouldBe(204).Body.ShouldBeEmpty();

        var left = await Values(directory, $"/Groups/{group}", "members");
        left.ShouldBe(expected.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(n => ids[n]), ignoreOrder: true);
        foreach (var id in ids.Values)
        {
            (await Values(directory, $"/Users/{id}", "groups")).ShouldBe(left.Contains(id) ? [group] : []);
        }
    }

    [Theory]
    [InlineData("""{"op":"Replace","path":"active","value":"False"}""", "active", "false")]
    [InlineData("""{"op":"replace","value":{"active":false}}""", "active", "false")]
    [InlineData("""{"op":"replace","value":{"displayName":"A","name.givenName":"Ada"}}""", "name", """{"givenName":"Ada"}""")]
    [InlineData("""{"op":"Add","path":"emails[type eq \"work\"].value","value":"a@x"}""", "emails", """[{"type":"home","value":"h@x"},{"type":"work","value":"a@x"}]""")]
    [InlineData("""{"op":"Replace","path":"title","value":""}""", "title", null)]
    [InlineData("""{"op":"Replace","path":"title","value":null}""", "title", null)]
    [InlineData("""{"op":"remove","path":"title"}""", "title", null)]
    [InlineData("""{"op":"Add","path":"roles","value":[]}""", "roles", null)]
    public async Task PatchOfUser_AsEntraAndOktaSendIt_IsUnderstood(string operation, string attribute, string? expected)
    {
        var directory = await NewDirectory();
        var user = (await directory.Scim.Post("/Users", Bodies.User("ada", ""","active":true,"title":"T","emails":[{"type":"home","value":"h@x"}]"""))).Id;

        (await directory.Scim.Patch($"/Users/{user}", Bodies.Patch(operation))).ShouldBe(200);

        (await directory.Scim.Get($"/Users/{user}")).Json[attribute]?.ToJsonString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("[{\"$ref\":\"http://x/Users/1\",\"value\":\"{boss}\"}]")]
    [InlineData("\"{boss}\"")]
    [InlineData("{\"value\":\"{boss}\"}")]
    public async Task Manager_InEachForm_IsSetFoundAndCleared(string value)
    {
        var directory = await NewDirectory();
        var boss = await directory.MakeUser("boss");
        var user = await directory.MakeUser("ada");

        (await directory.Scim.Patch($"/Users/{user}", Bodies.Patch($$"""{"op":"Add","path":"manager","value":{{value.Replace("{boss}", boss, StringComparison.Ordinal)}}}"""))).ShouldBe(200);

        var read = await directory.Scim.Get($"/Users/{user}");
        read.Json[Enterprise]!["manager"]!["value"]!.GetValue<string>().ShouldBe(boss);
        read.Json[Enterprise]!["manager"]!["$ref"]!.GetValue<string>().ShouldBe($"{directory.Scim.Root}/Users/{boss}");
        (await directory.Scim.Find("/Users", $"id eq \"{user}\" and manager eq \"{boss}\"")).ShouldBe(200).TotalResults.ShouldBe(1);
        (await directory.Scim.Patch($"/Users/{user}", Bodies.Replace("manager", "\"\""))).ShouldBe(200).Json[Enterprise].ShouldBeNull();
    }

    [Fact]
    public async Task Create_WithIdempotencyKey_IsReplayedOrRefused()
    {
        var directory = await NewDirectory();
        var key = ("Idempotency-Key", "job-17/ada");

        var first = await directory.Scim.Post("/Users", Bodies.User("ada"), key);
        var again = await directory.Scim.Post("/Users", Bodies.User("ada"), key);
        var other = await directory.Scim.Post("/Users", Bodies.User("eve"), key);
        var group = await directory.Scim.Post("/Groups", Bodies.Group("G"), key);

        again.ShouldBe(201).Visible("").ShouldBe(first.Visible(""));
        other.ShouldBeError(422);
        group.ShouldBe(201).Id.ShouldNotBe(first.Id);
        (await directory.Scim.Get("/Users")).TotalResults.ShouldBe(1);
        (await directory.Scim.Post("/Users", Bodies.User("ada"))).ShouldBeError(409, "uniqueness");
    }

    [Fact]
    public async Task Discovery_TellsWhatIsServed()
    {
        var directory = await NewDirectory();

        var configuration = (await directory.Scim.Get("/ServiceProviderConfig")).ShouldBe(200);
        var types = (await directory.Scim.Get("/ResourceTypes")).ShouldBe(200);
        var schemas = (await directory.Scim.Get("/Schemas")).ShouldBe(200);

        configuration.Json["patch"]!["supported"]!.GetValue<bool>().ShouldBeTrue();
        configuration.Json["etag"]!["supported"]!.GetValue<bool>().ShouldBeTrue();
        types.Resources.Select(t => t!["id"]!.GetValue<string>()).ShouldBe(["User", "Group"], ignoreOrder: true);
        schemas.TotalResults.ShouldBe(schemas.Resources.Count);
        foreach (var schema in schemas.Resources)
        {
            (await directory.Scim.Get($"/Schemas/{schema!["id"]!.GetValue<string>()}")).ShouldBe(200).Id.ShouldBe(schema["id"]!.GetValue<string>());
        }

        (await directory.Scim.Get("/ResourceTypes/User")).ShouldBe(200).String("endpoint").ShouldBe("/Users");
        (await directory.ByPath.Get("/ResourceTypes?filter=id%20pr")).ShouldBeError(403);
    }

    [Fact]
    public async Task Head_OfAnything_IsAsGetWithoutABody()
    {
        var directory = await NewDirectory();
        var user = await directory.MakeUser("ada");
        foreach (var path in new[] { "/Users", $"/Users/{user}", "/Users/nobody", "/Schemas", "/ServiceProviderConfig" })
        {
            var get = await directory.Scim.Get(path);
            var head = await directory.Scim.Send("HEAD", path, null);

            head.Body.ShouldBeEmpty();
            (head with { Body = get.Body }).Visible("").ShouldBe(get.Visible(""));
        }
    }

    [Theory]
    [InlineData("PATCH", "/Users", "GET, POST, HEAD")]
    [InlineData("POST", "/Groups/{id}", "GET, PUT, PATCH, DELETE, HEAD")]
    [InlineData("DELETE", "/Schemas", "GET, HEAD")]
    public async Task Method_NotAllowed_Is405WithThoseThatAre(string method, string path, string allowed)
    {
        var directory = await NewDirectory();

        (await directory.Scim.Send(method, path.Replace("{id}", "x", StringComparison.Ordinal), null)).ShouldBeError(405).Header("Allow").ShouldBe(allowed);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/scim+json; charset=utf-8")]
    [InlineData("Application/SCIM+JSON;charset=\"UTF-8\"")]
    public async Task Create_InEachMediaTypeThatIsSent_Works(string mediaType)
    {
        var directory = await NewDirectory();

        (await directory.Scim.Post("/Users", Bodies.User("ada"), ("Content-Type", mediaType))).ShouldBe(201);
    }

    [Theory]
    [InlineData("""{"op":"replace","value":{"title":"x"}}""", "invalidPath")]
    [InlineData("""{"op":"Replace","path":"title","value":"x"}""", "invalidSyntax")]
    [InlineData("""{"op":"replace","path":"active","value":"False"}""", "invalidValue")]
    public async Task StrictDirectory_WhatTheStandardDoesNotHave_IsRefused(string operation, string scimType)
    {
        var directory = await (await TestServer.Shared).MakeDirectory(dialect: "strict");
        var user = await directory.MakeUser("ada");

        (await directory.Scim.Patch($"/Users/{user}", Bodies.Patch(operation))).ShouldBeError(400, scimType);
        (await directory.Scim.Post("/Users", Bodies.User("eve", ""","shoeSize":44"""))).ShouldBeError(400, "invalidSyntax");
    }

    private static async Task<TestDirectory> NewDirectory() => await (await TestServer.Shared).MakeDirectory();

    private static async Task<List<string>> Values(TestDirectory directory, string path, string attribute) =>
        [.. ((await directory.Scim.Get(path)).ShouldBe(200).Json[attribute]?.AsArray() ?? []).Select(v => v!["value"]!.GetValue<string>())];
}
