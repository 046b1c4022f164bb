using System.Text;
using System.Text.Json.Nodes;

namespace Api.Tests.Moving;

public sealed class MovingTests
{
    private static readonly (string, string) Lines = ("Content-Type", "application/x-ndjson");

    [Fact]
    public async Task Import_IntoAnotherDirectory_ListsAreEqual()
    {
        var server = await TestServer.Shared;
        var from = await Furnished(server);
        var to = await server.MakeDirectory();

        var file = await Export(from);
        var summary = (await Import(to, file)).ShouldBe(200).Json;

        Counts(summary, "users").ShouldBe((30, 0, 0));
        Counts(summary, "groups").ShouldBe((4, 0, 0));
        Counts(summary, "members").ShouldBe((24, 0, 0));
        summary["refusals"]!.AsArray().ShouldBeEmpty();
        (await Seen(to)).ShouldBe(await Seen(from));
        (await to.Scim.Find("/Users", "userName eq \"PERSON7\"")).TotalResults.ShouldBe(1);
        (await to.Scim.Find("/Users", "externalId eq \"e7\"")).TotalResults.ShouldBe(1);
        (await to.Scim.Find("/Groups", "displayName eq \"Nested\"")).TotalResults.ShouldBe(1);
    }

    [Fact]
    public async Task Import_IntoAnotherServer_GoesOnThereAndIsSound()
    {
        var from = await Furnished(await TestServer.Shared);
        var file = await Export(from);
        var folder = Directory.CreateTempSubdirectory("muster-moving-tests-").FullName;
        try
        {
            await using (var server = await TestServer.Start(folder))
            {
                var to = await server.MakeDirectory();
                (await Import(to, file)).ShouldBe(200);
                (await Seen(to)).ShouldBe(await Seen(from));

                var user = (await to.Scim.Find("/Users", "userName eq \"person3\"")).Resources[0]!["id"]!.GetValue<string>();
                var group = (await to.Scim.Find("/Groups", "displayName eq \"Staff\"")).Resources[0]!["id"]!.GetValue<string>();
                (await to.Scim.Patch($"/Users/{user}", Bodies.Replace("userName", "\"renamed\""))).ShouldBe(200);
                (await to.Scim.Patch($"/Groups/{group}", Bodies.AddMembers(await to.MakeUser("new")))).ShouldBe(204);
                (await to.Scim.Get($"/Groups/{group}")).Json["members"]!.AsArray().Count.ShouldBe(21);
                (await to.Scim.Find("/Users", "userName eq \"person3\"")).TotalResults.ShouldBe(0);
                (await to.Scim.Delete($"/Users/{user}")).ShouldBe(204);
                (await to.Scim.Get("/Users?count=0")).TotalResults.ShouldBe(30);
                (await to.Scim.Get($"/Groups/{group}")).Json["members"]!.AsArray().Count.ShouldBe(20);
            }

            EngineUnderTest.ShouldBeSound(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Import_Again_ChangesNothing()
    {
        var server = await TestServer.Shared;
        var from = await Furnished(server);
        var to = await server.MakeDirectory();
        var file = await Export(from);
        (await Import(to, file)).ShouldBe(200);
        var before = await to.Everything();

        var summary = (await Import(to, file)).ShouldBe(200).Json;

        Counts(summary, "users").ShouldBe((0, 30, 0));
        Counts(summary, "groups").ShouldBe((0, 4, 0));
        Counts(summary, "members").ShouldBe((0, 24, 0));
        (await to.Everything()).ShouldBe(before);
        WithoutHead(await Export(to)).ShouldBe(WithoutHead(file), ignoreOrder: true);
    }

    [Fact]
    public async Task Import_OfWhereItCameFrom_IsAllThereAlready()
    {
        var from = await Furnished(await TestServer.Shared);

        var summary = (await Import(from, await Export(from))).ShouldBe(200).Json;

        Counts(summary, "users").ShouldBe((0, 30, 0));
        Counts(summary, "members").ShouldBe((0, 24, 0));
    }

    [Fact]
    public async Task Import_SomeStandInTheWay_AreNamedAndTheOthersAreMade()
    {
        var server = await TestServer.Shared;
        var from = await server.MakeDirectory();
        var ada = await from.MakeUser("ada");
        var bob = await from.MakeUser("bob");
        var eve = await from.MakeUser("eve");
        var group = await from.MakeGroup("Staff", ada, bob, eve);
        var to = await server.MakeDirectory();
        (await Import(to, await Export(from))).ShouldBe(200);
        (await to.Scim.Delete($"/Groups/{group}")).ShouldBe(204);
        (await to.Scim.Patch($"/Users/{bob}", Bodies.Replace("title", "\"Count\""))).ShouldBe(200);
        var other = await server.MakeDirectory();
        var taken = await other.MakeUser("ADA");

        var changed = (await Import(to, await Export(from))).ShouldBe(200).Json;
        var named = (await Import(other, await Export(from))).ShouldBe(200).Json;

        Counts(changed, "users").ShouldBe((0, 2, 1));
        Counts(changed, "groups").ShouldBe((0, 0, 1));
        Counts(changed, "members").ShouldBe((0, 0, 3));
        Refusal(changed, bob).ShouldContain("version 2");
        Refusal(changed, group).ShouldContain("deleted");
        (await to.Scim.Get($"/Users/{bob}")).String("title").ShouldBe("Count");
        Counts(named, "users").ShouldBe((2, 0, 1));
        Counts(named, "groups").ShouldBe((1, 0, 0));
        Counts(named, "members").ShouldBe((2, 0, 1));
        Refusal(named, ada).ShouldBe($"userName 'ada' is taken by user {taken}.");
        Refusal(named, group).ShouldContain(ada);
        (await other.Scim.Get($"/Groups/{group}")).Json["members"]!.AsArray().Select(m => m!["value"]!.GetValue<string>()).ShouldBe([bob, eve], ignoreOrder: true);
    }

    [Fact]
    public async Task Import_DamagedLine_IsNamedAndNothingBehindItIsApplied()
    {
        var server = await TestServer.Shared;
        var lines = WithEnds(await Export(await Furnished(server)));
        var to = await server.MakeDirectory();
        lines[10] = lines[10].Replace("person", "parson", StringComparison.Ordinal);

        var answer = (await Import(to, string.Concat(lines))).ShouldBeProblem(400);

        answer.String("detail").ShouldNotBeNull().ShouldStartWith("Line 11 is damaged");
        answer.String("detail").ShouldNotBeNull().ShouldContain("9 users");
        Counts(answer.Json["applied"]!, "users").ShouldBe((9, 0, 0));
        (await to.Scim.Get("/Users?count=0")).TotalResults.ShouldBe(9);
    }

    [Fact]
    public async Task Import_LineMissing_IsNoticed()
    {
        var server = await TestServer.Shared;
        var lines = WithEnds(await Export(await Furnished(server)));
        lines.RemoveAt(5);

        (await Import(await server.MakeDirectory(), string.Concat(lines))).ShouldBeProblem(400).String("detail").ShouldNotBeNull().ShouldStartWith("Line 6 is damaged, or a line is missing");
    }

    [Fact]
    public async Task Import_FileThatWasCutOff_SaysSoAndTheWholeFileFinishesIt()
    {
        var server = await TestServer.Shared;
        var from = await Furnished(server);
        var file = await Export(from);
        var lines = WithEnds(file);
        var to = await server.MakeDirectory();

        var atALine = (await Import(to, string.Concat(lines.Take(21)))).ShouldBeProblem(400);
        var withinALine = (await Import(to, string.Concat(lines.Take(25))[..^5])).ShouldBeProblem(400);
        var whole = (await Import(to, file)).ShouldBe(200).Json;

        atALine.String("detail").ShouldNotBeNull().ShouldStartWith("The file breaks off behind line 21");
        withinALine.String("detail").ShouldNotBeNull().ShouldStartWith("Line 25 breaks off");
        Counts(withinALine.Json["applied"]!, "users").ShouldBe((3, 20, 0));
        Counts(whole, "users").ShouldBe((7, 23, 0));
        (await Seen(to)).ShouldBe(await Seen(from));
        (await Import(to, "")).ShouldBeProblem(400).String("detail").ShouldNotBeNull().ShouldStartWith("The file is empty.");
    }

    [Fact]
    public async Task Export_AfterAnyCursor_IsTheRestOfTheFile()
    {
        var from = await Furnished(await TestServer.Shared);
        var lines = WithEnds(await Export(from));

        var cursors = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            if (JsonNode.Parse(lines[i])!["cursor"]?.GetValue<string>() is { } cursor)
            {
                cursors++;
                (await Export(from, $"?after={cursor}")).ShouldBe(string.Concat(lines.Skip(i + 1)));
            }
        }

        cursors.ShouldBe(1 + 30 + 4);
        foreach (var bad in new[] { "x", "u.1", "g.0.A.1.1.1.1.00000000", "u.0..1.0.0.0.123", "u.0..1.0.0.-1.12345678" })
        {
            (await from.Server.Admin.Get($"/directories/{from.Id}/export?after={bad}")).ShouldBeProblem(400);
        }
    }

    [Fact]
    public async Task Export_HasNoSecrets()
    {
        var from = await Furnished(await TestServer.Shared);

        var answer = (await from.Server.Admin.Get($"/directories/{from.Id}/export")).ShouldBe(200);

        answer.Header("Content-Type").ShouldBe("application/x-ndjson");
        answer.Text.ShouldNotContain("mst_");
        answer.Text.ShouldNotContain("hash", Case.Insensitive);
        JsonNode.Parse(answer.Text.Split('\n')[0])!.AsObject().Select(m => m.Key)
            .ShouldBe(["kind", "format", "directory", "name", "dialect", "userIndexes", "groupIndexes", "extensions", "at", "cursor"]);
    }

    [Fact]
    public async Task Import_LargeGroups_ComeInPartsAndBodiesAreNotLimited()
    {
        await using var server = await TestServer.Start(args: ["--Limits:RequestBytes", "20000"]);
        var from = await server.MakeDirectory();
        var users = await Task.WhenAll(Enumerable.Range(0, 1100).Select(i => from.MakeUser($"person{i}")));
        var group = await from.MakeGroup("Staff");
        foreach (var some in users.Chunk(250))
        {
            (await from.Scim.Patch($"/Groups/{group}", Bodies.AddMembers(some))).ShouldBe(204);
        }

        var to = await server.MakeDirectory();
        var file = await Export(from);
        Encoding.UTF8.GetByteCount(file).ShouldBeGreaterThan(100_000);
        file.Split('\n').Count(l => l.StartsWith("{\"kind\":\"members\"", StringComparison.Ordinal)).ShouldBe(2);

        Counts((await Import(to, file)).ShouldBe(200).Json, "members").ShouldBe((1100, 0, 0));

        var there = (await to.Scim.Get($"/Groups/{group}")).ShouldBe(200);
        there.Json["members"]!.AsArray().Count.ShouldBe(1100);
        there.Json["meta"]!["version"]!.GetValue<string>().ShouldBe("W/\"6\"");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1050)]
    public async Task Export_WhileItIsChanged_EachResourceIsOfOneMoment(int members)
    {
        var server = await TestServer.Shared;
        var from = await server.MakeDirectory();
        var users = await Task.WhenAll(Enumerable.Range(0, members + 200).Select(i => from.MakeUser($"person{i}")));
        var group = await from.MakeGroup($"{members}", users[..members]);
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var n = members; n < users.Length && !stop.IsCancellationRequested; n++)
            {
                // The name of the group says how many members it has; the users have the same title twice.
                (await from.Scim.Patch($"/Groups/{group}", Bodies.Patch(
                    $$"""{"op":"replace","path":"displayName","value":"{{n + 1}}"}""",
                    $$"""{"op":"add","path":"members","value":[{"value":"{{users[n]}}"}]}"""))).ShouldBe(204);
                (await from.Scim.Patch($"/Users/{users[0]}", Bodies.Patch(
                    $$"""{"op":"replace","path":"title","value":"{{n}}"}""",
                    $$"""{"op":"replace","path":"nickName","value":"{{n}}"}"""))).ShouldBe(200);
            }
        });

        var files = new List<string>();
        while (files.Count < 5 || (files.Count < 20 && files.Distinct(StringComparer.Ordinal).Count() < 5))
        {
            files.Add(await Export(from));
        }

        await stop.CancelAsync();
        await writing;
        foreach (var file in files)
        {
            var lines = WithEnds(file).Select(l => JsonNode.Parse(l)!).ToList();
            var user = lines.Single(l => (string?)l["id"] == users[0])["attributes"]!;
            ((string?)user["title"]).ShouldBe((string?)user["nickName"]);
            var name = (string?)lines.Single(l => (string?)l["id"] == group)["attributes"]!["displayName"];
            lines.Where(l => (string?)l["group"] == group).Sum(l => l["members"]!.AsArray().Count).ShouldBe(int.Parse(name!, null));
        }

        (await Import(await server.MakeDirectory(), files[^1])).ShouldBe(200).Json["refusals"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"kind":"user","id":"NO-UUID","version":1,"created":"2020-01-01T00:00:00Z","lastModified":"2020-01-01T00:00:00Z","attributes":{"userName":"ada"}""", "UUID")]
    [InlineData("""{"kind":"user","id":"0199aaaa-0000-7000-8000-000000000001","version":0,"created":"2020-01-01T00:00:00Z","lastModified":"2020-01-01T00:00:00Z","attributes":{"userName":"ada"}""", "version")]
    [InlineData("""{"kind":"user","id":"0199aaaa-0000-7000-8000-000000000001","version":1,"created":"2020-01-01T00:00:00Z","lastModified":"2020-01-01T00:00:00Z","attributes":{"title":"no name"}""", "userName")]
    [InlineData("""{"kind":"group","id":"0199aaaa-0000-7000-8000-000000000001","version":1,"created":"2020-01-01T00:00:00Z","lastModified":"2020-01-01T00:00:00Z","attributes":{"displayName":"G","members":[{"value":"x"}]}""", "lines of their own")]
    public async Task Import_LineOfWhatCannotBe_IsRefusedAndNamed(string line, string why)
    {
        var server = await TestServer.Shared;
        var to = await server.MakeDirectory();

        var answer = await Import(to, WithChecksums(
            """{"kind":"head","format":1,"directory":"d" """,
            line,
            line.StartsWith("{\"kind\":\"user\"", StringComparison.Ordinal) ? """{"kind":"end","lines":3,"users":1,"groups":0,"members":0""" : """{"kind":"end","lines":3,"users":0,"groups":1,"members":0"""));

        answer.ShouldBe(200).Json["refusals"]!.AsArray().ShouldHaveSingleItem()!["detail"]!.GetValue<string>().ShouldContain(why);
        answer.Json["refusals"]![0]!["line"]!.GetValue<int>().ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"kind":"head","format":2,"directory":"d" """)]
    [InlineData("""{"kind":"user","id":"x" """)]
    [InlineData("""{"kind":"head","format":1,"directory":"d"|{"kind":"else" """)]
    [InlineData("""{"kind":"head","format":1,"directory":"d"|{"kind":"user","id":"\ud800" """)]
    [InlineData("""{"kind":"head","format":1,"directory":"d"|[1 """)]
    [InlineData("""{"kind":"head","format":1,"directory":"d"|{"kind":"head","format":1,"directory":"d" """)]
    [InlineData("""{"kind":"head","format":1,"directory":"d"|{"kind":"end","lines":2,"users":1,"groups":0,"members":0""")]
    [InlineData("""{"kind":"head","format":1,"directory":"d"|{"kind":"members","group":"x","version":1,"members":[1]""")]
    public async Task Import_FileOfAnotherForm_Is400(string file)
    {
        var server = await TestServer.Shared;

        (await Import(await server.MakeDirectory(), WithChecksums(file.Split('|')))).ShouldBeProblem(400);
    }

    [Fact]
    public async Task Endpoints_DirectoryThatIsNot_Are404()
    {
        var admin = (await TestServer.Shared).Admin;

        (await admin.Get("/directories/no-such-directory/export")).ShouldBeProblem(404);
        (await admin.Post("/directories/no-such-directory/import", "", Lines)).ShouldBeProblem(404);
    }

    [Fact]
    public async Task OpenApi_HasBoth()
    {
        var document = (await (await TestServer.Shared).Client("", null).Get("/openapi/v1.json")).ShouldBe(200).Json;

        document["paths"]!["/admin/v1/directories/{directory}/export"]!["get"]!["responses"]!["200"]!["content"]!.AsObject().ContainsKey("application/x-ndjson").ShouldBeTrue();
        var import = document["paths"]!["/admin/v1/directories/{directory}/import"]!["post"]!;
        import["requestBody"]!["content"]!.AsObject().ContainsKey("application/x-ndjson").ShouldBeTrue();
        import["responses"]!.AsObject().Select(r => r.Key).ShouldBe(["200", "400", "401", "403", "404", "503"], ignoreOrder: true);
    }

    /// <summary>30 users, a group of 20, one of three, one that has two groups for members, which have each other.</summary>
    private static async Task<TestDirectory> Furnished(TestServer server)
    {
        var directory = await server.MakeDirectory();
        var users = new List<string>();
        for (var i = 0; i < 30; i++)
        {
            users.Add((await directory.Scim.Post("/Users", Bodies.User($"person{i}", $$""","externalId":"e{{i}}","emails":[{"value":"Ü{{i}}@example.com","primary":true}],"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Døgn \"{{i}}\""}"""))).ShouldBe(201).Id);
        }

        (await directory.Scim.Patch($"/Users/{users[0]}", Bodies.Replace("title", "\"Countess\""))).ShouldBe(200);
        var staff = await directory.MakeGroup("Staff", [.. users.Take(20)]);
        var few = await directory.MakeGroup("Few", users[0], users[1]);
        var nested = await directory.MakeGroup("Nested", few);
        (await directory.Scim.Patch($"/Groups/{few}", Bodies.AddMembers(nested))).ShouldBe(204);
        await directory.MakeGroup("Nobody");
        (await directory.Scim.Get($"/Groups/{staff}")).Json["members"]!.AsArray().Count.ShouldBe(20);
        return directory;
    }

    private static async Task<string> Export(TestDirectory directory, string query = "") =>
        (await directory.Server.Admin.Get($"/directories/{directory.Id}/export{query}")).ShouldBe(200).Text;

    private static Task<Answer> Import(TestDirectory directory, string file) => directory.Server.Admin.Post($"/directories/{directory.Id}/import", file, Lines);

    private static List<string> WithEnds(string file) => [.. file.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l + "\n")];

    /// <summary>What the lines hold, apart from their places in the file.</summary>
    private static List<string> WithoutHead(string file) =>
        [.. WithEnds(file).Skip(1).Where(l => !l.StartsWith("{\"kind\":\"members\"", StringComparison.Ordinal)).Select(l => l[..l.LastIndexOf(",\"", StringComparison.Ordinal)])];

    private static string WithChecksums(params string[] lines)
    {
        var file = new StringBuilder();
        foreach (var line in lines)
        {
            file.Append(line).Append(",\"sum\":\"");
            file.Append(new Api.Moving.StreamChecksum(0).With(Encoding.UTF8.GetBytes(file.ToString()))).Append("\"}\n");
        }

        return file.ToString();
    }

    private static (long Created, long AlreadyThere, long Refused) Counts(JsonNode summary, string of) =>
        (summary[of]!["created"]!.GetValue<long>(), summary[of]!["alreadyThere"]!.GetValue<long>(), summary[of]!["refused"]!.GetValue<long>());

    private static string Refusal(JsonNode summary, string id) =>
        summary["refusals"]!.AsArray().First(r => r!["id"]!.GetValue<string>() == id)!["detail"]!.GetValue<string>();

    /// <summary>All that is to be seen in a directory, in an order that is the same in each: lists go by a hash that is each directory's own.</summary>
    private static async Task<string> Seen(TestDirectory directory)
    {
        var all = new List<string>();
        foreach (var type in new[] { "Users", "Groups" })
        {
            var list = (await directory.Scim.Get($"/{type}?count=1000")).ShouldBe(200);
            list.Resources.Count.ShouldBe(list.TotalResults);
            foreach (var resource in list.Resources)
            {
                foreach (var links in new[] { "members", "groups" })
                {
                    if (resource![links] is JsonArray array)
                    {
                        resource[links] = new JsonArray([.. array.Select(m => m!.DeepClone()).OrderBy(m => m["value"]!.GetValue<string>(), StringComparer.Ordinal)]);
                    }
                }

                all.Add(resource!.ToJsonString().Replace(directory.Server.Url, "", StringComparison.Ordinal));
            }
        }

        all.Sort(StringComparer.Ordinal);
        return string.Join('\n', all);
    }
}
