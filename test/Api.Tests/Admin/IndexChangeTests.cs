using System.Globalization;
using System.Text.Json.Nodes;

namespace Api.Tests.Admin;

/// <summary>Indexes of a directory that is at work: they come and go while requests go on, and answers stay right.</summary>
public sealed class IndexChangeTests
{
    /// <summary>A query that has to look at a second resource is refused there: it shows whether a filter goes by an index.</summary>
    private static readonly string[] OnlyLookUps = ["--Limits:MaxScanned", "1"];

    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task Put_AnotherAttribute_IsBuiltAndThenFiltersGoByIt()
    {
        await using var server = await TestServer.Start(args: OnlyLookUps, time: clock);
        var directory = await server.MakeDirectory();
        var (ada, bob) = (await Make(directory, "ada", "Duke"), await Make(directory, "bob", "Duke"));
        await Make(directory, "eve", "Lady");
        var staff = await directory.MakeGroup("Staff");
        await ByTitle(directory, "Duke", asked => asked.ShouldBeError(400, "tooMany"));

        var building = (await Put(directory, """{"userIndexes":["externalId","TITLE"]}""")).ShouldBe(202);

        building.Header("Location").ShouldBe($"/admin/v1/directories/{directory.Id}/indexes");
        Statuses(building, "userIndexes").ShouldBe("userName ready|externalId ready|title building");
        Statuses(building, "groupIndexes").ShouldBe("displayName ready|externalId ready");
        building.Json["userIndexes"]![2]!["done"]!.GetValue<long>().ShouldBe(0);
        building.Json["userIndexes"]![0]!.AsObject().Select(m => m.Key).ShouldBe(["path", "status", "since", "done", "total"]);
        (await Put(directory, """{"userIndexes":["externalId","title"]}""")).ShouldBe(202).Text.ShouldBe(building.Text, "Sent again, it changes nothing.");

        // Who comes and changes meanwhile stands in it, too; no filter goes by it yet.
        var kim = await Make(directory, "kim", "Duke");
        (await directory.Scim.Patch($"/Users/{bob}", Bodies.Replace("title", "\"Lady\""))).ShouldBe(200);
        await ByTitle(directory, "Duke", asked => asked.ShouldBeError(400, "tooMany"));
        (await server.Admin.Get($"/directories/{directory.Id}")).Json["userIndexes"]!.AsArray().Count.ShouldBe(2, "A directory shows those that filters go by.");

        await Until(directory, "userIndexes", "userName ready|externalId ready|title ready");

        (await Put(directory, """{"userIndexes":["externalId","title"]}""")).ShouldBe(200);
        (await server.Admin.Get($"/directories/{directory.Id}")).Json["userIndexes"]!.AsArray().Select(i => (string?)i).ShouldBe(["userName", "externalId", "title"]);
        await ByTitle(directory, "duke", asked => Ids(asked).ShouldBe([ada, kim], ignoreOrder: true));
        (await directory.Scim.Delete($"/Users/{ada}")).ShouldBe(204);
        await ByTitle(directory, "Duke", asked => Ids(asked).ShouldBe([kim]));
        (await directory.Scim.Patch($"/Users/{kim}", Bodies.Replace("title", "\"Earl\""))).ShouldBe(200);
        await ByTitle(directory, "Duke", asked => Ids(asked).ShouldBeEmpty());
        await ByTitle(directory, "Earl", asked => Ids(asked).ShouldBe([kim]));
        (await directory.Scim.Find("/Groups", "displayName eq \"staff\"")).ShouldBe(200).Resources.Select(r => (string?)r!["id"]).ShouldBe([staff]);
    }

    [Fact]
    public async Task Put_OfGroups_AndOfAnExtensionsAttribute()
    {
        const string Urn = "urn:example:crm:2.0:Group";
        await using var server = await TestServer.Start(args: OnlyLookUps, time: clock);
        var directory = await server.MakeDirectory();
        (await server.Admin.Put($"/directories/{directory.Id}/extensions/{Urn}", $$"""{"resourceType":"Group","schema":{"id":"{{Urn}}","name":"Crm","attributes":[{"name":"region"}]} }""")).ShouldBe(201);
        var north = await Group("Staff", "North");
        await Group("Crew", "South");
        await Group("Board", "South");

        (await Put(directory, $$"""{"groupIndexes":["displayName","{{Urn}}:region"]}""")).ShouldBe(202);
        await Until(directory, "groupIndexes", $"displayName ready|{Urn}:region ready|externalId removing");

        (await directory.Scim.Find("/Groups", $"{Urn}:region eq \"north\"")).ShouldBe(200).Resources.Select(r => (string?)r!["id"]).ShouldBe([north]);
        (await directory.Scim.Find("/Groups", "externalId eq \"x\"")).ShouldBeError(400, "tooMany");

        async Task<string> Group(string name, string region) => (await directory.Scim.Post(
            "/Groups",
            $$"""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group","{{Urn}}"],"displayName":"{{name}}","{{Urn}}":{"region":"{{region}}"} }""")).ShouldBe(201).Id;
    }

    [Fact]
    public async Task Put_WithoutAnAttribute_NoFilterGoesByItAndItsRowsAreCleared()
    {
        var folder = Directory.CreateTempSubdirectory("muster-index-tests-").FullName;
        try
        {
            await using (var server = await TestServer.Start(folder, OnlyLookUps, clock))
            {
                var directory = await server.MakeDirectory();
                var ada = await Make(directory, "ada", "Duke");
                await Make(directory, "bob", "Duke");
                (await directory.Scim.Find("/Users", "externalId eq \"e-ada\"")).ShouldBe(200).TotalResults.ShouldBe(1);

                var removing = (await Put(directory, """{"userIndexes":[]}""")).ShouldBe(202);

                Statuses(removing, "userIndexes").ShouldBe("userName ready|externalId removing");
                (await directory.Scim.Find("/Users", "externalId eq \"e-ada\"")).ShouldBeError(400, "tooMany");
                (await directory.Scim.Patch($"/Users/{ada}", Bodies.Replace("externalId", "\"e-new\""))).ShouldBe(200);
                await Until(directory, "userIndexes", "userName ready");
                (await Put(directory, """{"userIndexes":[]}""")).ShouldBe(200);
                (await directory.Scim.Delete($"/Users/{ada}")).ShouldBe(204);
                await server.Stop();
                EngineUnderTest.Rows(folder).Where(r => r.Type == "bucket" && r.Key.StartsWith($"{directory.Id}.u-", StringComparison.Ordinal)).Select(r => r.Key)
                    .ShouldBe([$"{directory.Id}.u-id.0", $"{directory.Id}.u-username.0"], ignoreOrder: true);
            }

            EngineUnderTest.ShouldBeSound(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Put_WhileAnEarlierChangeIsUnderWay_TheLastOneCounts()
    {
        await using var server = await TestServer.Start(args: OnlyLookUps, time: clock);
        var directory = await server.MakeDirectory();
        var ada = await Make(directory, "ada", "Duke");
        await Make(directory, "bob", "Lady");

        (await Put(directory, """{"userIndexes":["title"]}""")).ShouldBe(202);
        Statuses(await Put(directory, """{"userIndexes":["externalId"]}"""), "userIndexes").ShouldBe("userName ready|externalId ready|title removing", "What was kept all the while is ready at once.");
        Statuses(await Put(directory, """{"userIndexes":["externalId","title"]}"""), "userIndexes").ShouldBe("userName ready|externalId ready|title removing|title building", "It is built anew beside the rest of its former self.");
        await Until(directory, "userIndexes", "userName ready|externalId ready|title ready");
        await ByTitle(directory, "Duke", asked => Ids(asked).ShouldBe([ada]));
        (await directory.Scim.Find("/Users", "externalId eq \"e-ada\"")).ShouldBe(200).TotalResults.ShouldBe(1);
    }

    [Fact]
    public async Task Build_CutOffByARestart_GoesOn()
    {
        var folder = Directory.CreateTempSubdirectory("muster-index-tests-").FullName;
        try
        {
            string id, token, adminKey;
            await using (var server = await TestServer.Start(folder, OnlyLookUps, clock))
            {
                var directory = await server.MakeDirectory();
                await Make(directory, "ada", "Duke");
                await Make(directory, "bob", "Lady");
                (await Put(directory, """{"userIndexes":["title"]}""")).ShouldBe(202);
                (id, token, adminKey) = (directory.Id, directory.Token, server.AdminKey!);
            }

            await using (var server = await TestServer.Start(folder, OnlyLookUps, clock, adminKey: adminKey))
            {
                // Nobody but an admin who looks has to come for it to go on.
                var directory = new TestDirectory(server, "", id, "", token);
                await Until(directory, "userIndexes", "userName ready|title ready");
                await ByTitle(directory, "Duke", asked => Ids(asked).Count.ShouldBe(1));
            }

            EngineUnderTest.ShouldBeSound(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Build_WhileUsersComeChangeAndGo_EveryAnswerIsRight()
    {
        await using var server = await TestServer.Start(time: clock);
        var directory = await server.MakeDirectory();
        var users = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Make(directory, $"user{i}", $"t{i}-0")));
        (await Put(directory, """{"userIndexes":["externalId","title"]}""")).ShouldBe(202);
        using var over = new CancellationTokenSource();

        var writers = users.Chunk(10).Select((some, w) => Task.Run(async () =>
        {
            var round = 0;
            do
            {
                round++;
                for (var i = 0; i < some.Length; i++)
                {
                    var (number, before) = ((w * 10) + i, $"t{(w * 10) + i}-{round - 1}");
                    if (i == 9)
                    {
                        await Insist(() => directory.Scim.Delete($"/Users/{some[i]}"), 204);
                        some[i] = (await Insist(() => directory.Scim.Post("/Users", User($"user{number}-{round}", $"t{number}-{round}")), 201)).Id;
                    }
                    else
                    {
                        await Insist(() => directory.Scim.Patch($"/Users/{some[i]}", Bodies.Replace("title", $"\"t{number}-{round}\"")), 200);
                    }

                    Ids(await Insist(() => Find(directory, $"t{number}-{round}"), 200)).ShouldBe([some[i]]);
                    Ids(await Insist(() => Find(directory, before), 200)).ShouldBeEmpty();
                }
            }
            while (!over.IsCancellationRequested);
        })).ToArray();
        await Until(directory, "userIndexes", "userName ready|externalId ready|title ready");
        await over.CancelAsync();
        await Task.WhenAll(writers);
    }

    [Fact]
    public async Task Export_WithAnIndexOnItsWay_ImportHasItToo()
    {
        await using var server = await TestServer.Start(args: OnlyLookUps, time: clock);
        var from = await server.MakeDirectory();
        await Make(from, "ada", "Duke");
        await Make(from, "bob", "Lady");
        (await Put(from, """{"userIndexes":["title"]}""")).ShouldBe(202);
        var file = (await server.Admin.Get($"/directories/{from.Id}/export")).ShouldBe(200).Text;
        JsonNode.Parse(file.Split('\n')[0])!["userIndexes"]!.AsArray().Select(i => (string?)i).ShouldBe(["userName", "title"]);

        var to = await server.MakeDirectory();
        (await server.Admin.Post($"/directories/{to.Id}/import", file, ("Content-Type", "application/x-ndjson"))).ShouldBe(200);

        await Until(to, "userIndexes", "userName ready|externalId ready|title ready");
        await ByTitle(to, "Duke", asked => Ids(asked).Count.ShouldBe(1));
    }

    [Theory]
    [InlineData("""{"userIndexes":["nonsense"]}""", "userIndexes", "nonsense")]
    [InlineData("""{"userIndexes":["active"]}""", "userIndexes", "not a text")]
    [InlineData("""{"userIndexes":["title","TITLE"]}""", "userIndexes", "listed twice")]
    [InlineData("""{"groupIndexes":["userName"]}""", "groupIndexes", "userName")]
    [InlineData("""{"userIndexes":["externalId","nickName","title","displayName","locale","timezone","userType","preferredLanguage"]}""", "userIndexes", "8 at the most")]
    public async Task Put_IndexesThatCannotBe_AreRefusedByName(string body, string member, string named)
    {
        var directory = await (await TestServer.Shared).MakeDirectory();
        var before = (await Get(directory)).Text;

        var refused = (await Put(directory, body)).ShouldBeProblem(400);

        var fault = refused.Json["errors"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)fault["pointer"]).ShouldBe($"#/{member}");
        ((string?)fault["detail"]).ShouldNotBeNull().ShouldContain(named);
        (await Get(directory)).Text.ShouldBe(before);
    }

    [Fact]
    public async Task Put_AgainAndAgainWithoutAPause_Is409InTheEnd()
    {
        var directory = await (await TestServer.Shared).MakeDirectory();
        var statuses = new List<int>();
        for (var i = 0; i < 40 && !statuses.Contains(409); i++)
        {
            statuses.Add((await Put(directory, i % 2 == 0 ? """{"userIndexes":["externalId","title"]}""" : """{"userIndexes":["externalId"]}""")).Status);
        }

        statuses[^1].ShouldBe(409);
        statuses[..^1].ShouldAllBe(s => s == 202);
        (await Get(directory)).Json["userIndexes"]!.AsArray().Count.ShouldBe(18, "Two that are ready, and sixteen under way.");
    }

    private static Task<Answer> Put(TestDirectory directory, string body) => directory.Server.Admin.Put($"/directories/{directory.Id}/indexes", body);

    private static Task<Answer> Get(TestDirectory directory) => directory.Server.Admin.Get($"/directories/{directory.Id}/indexes");

    private static string User(string name, string title) => Bodies.User(name, $$""","externalId":"e-{{name}}","title":"{{title}}" """);

    private static async Task<string> Make(TestDirectory directory, string name, string title) => (await directory.Scim.Post("/Users", User(name, title))).ShouldBe(201).Id;

    private static async Task ByTitle(TestDirectory directory, string title, Action<Answer> check) => check(await Find(directory, title));

    private static Task<Answer> Find(TestDirectory directory, string title) => directory.Scim.Find("/Users", $"title eq \"{title}\"");

    private static List<string?> Ids(Answer list) => [.. list.ShouldBe(200).Resources.Select(r => (string?)r!["id"])];

    private static string Statuses(Answer answer, string name) =>
        string.Join('|', answer.Json[name]!.AsArray().Select(i => string.Create(CultureInfo.InvariantCulture, $"{i!["path"]} {i["status"]}")));

    /// <summary>As a client does that is told to come again.</summary>
    private static async Task<Answer> Insist(Func<Task<Answer>> ask, int expected)
    {
        var answer = await ask();
        for (var i = 0; i < 20 && answer.Status is (429 or 503); i++)
        {
            answer = await ask();
        }

        return answer.ShouldBe(expected);
    }

    /// <summary>Asks how far it is, as an admin would, while time passes.</summary>
    private async Task Until(TestDirectory directory, string name, string statuses)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        for (var shown = ""; shown != statuses; shown = Statuses((await Get(directory)).ShouldBe(200), name))
        {
            patience.IsCancellationRequested.ShouldBeFalse(shown);
            clock.Advance(TimeSpan.FromSeconds(6));
        }
    }
}
