using System.Text.Json.Nodes;
using Grains.Queries;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Scim;

/// <summary>Sorting, searches, queries of the root and paging by cursor, as a client sees them.</summary>
public sealed class QueryTests
{
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    [Theory]
    [InlineData("sortBy=userName", "ada Bea cid dan eva")]
    [InlineData("sortBy=userName&sortOrder=descending", "eva dan cid Bea ada")]
    [InlineData("sortBy=USERNAME&sortOrder=Ascending&startIndex=2&count=2", "Bea cid")]
    [InlineData("sortBy=name.familyName", "dan ada cid")]
    [InlineData("sortBy=name.familyName&sortOrder=descending", "cid ada dan")]
    [InlineData("sortBy=emails", "cid ada")]
    [InlineData("sortBy=title&filter=title pr", "eva ada")]
    [InlineData("sortBy=urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department&filter=department pr", "Bea cid")]
    [InlineData("sortBy=userName&filter=userName eq \"ADA\" or externalId eq \"x-eva\"", "ada eva")]
    [InlineData("sortBy=userName&sortOrder=descending&count=1&filter=userName eq \"ADA\" or userName eq \"eva\"", "eva")]
    public async Task List_Sorted_IsInThatOrder(string parameters, string expected)
    {
        var directory = await FivePeople();
        var wanted = expected.Split(' ');

        var page = (await directory.Scim.Get($"/Users?{Escaped(parameters)}")).ShouldBe(200);

        // Those without a value have no order that is told: by id. They come last, or first where it is descending.
        var names = Names(page);
        (names.Length <= wanted.Length ? names
            : parameters.Contains("descending", StringComparison.Ordinal) ? names[^wanted.Length..]
            : names[..wanted.Length]).ShouldBe(wanted);
    }

    [Fact]
    public async Task List_SortedByTheTimeOfCreation_IsInThatOrder()
    {
        var directory = await FivePeople();

        var page = (await directory.Scim.Get("/Users?sortBy=meta.created")).ShouldBe(200);

        // Two may be made in the same millisecond: those have no order that is told.
        page.Resources.Select(r => r!["meta"]!["created"]!.GetValue<string>()).ShouldBeInOrder();
        Names(page).ShouldBe(["ada", "Bea", "cid", "dan", "eva"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("sortBy=nothing", "invalidPath")]
    [InlineData("sortBy=", "invalidPath")]
    [InlineData("sortBy=name", "invalidPath")]
    [InlineData("sortBy=name.nothing&filter=userName pr", "invalidPath")]
    [InlineData("sortBy=nothing&cursor=", "invalidPath")]
    [InlineData("sortBy=userName&sortOrder=up", "invalidValue")]
    [InlineData("sortBy=userName&filter=userName", "invalidFilter")]
    [InlineData("startIndex=1&cursor=", "invalidValue")]
    [InlineData("cursor=&count=ten", "invalidCount")]
    [InlineData("cursor=nonsense", "invalidCursor")]
    [InlineData("cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "invalidCursor")]
    [InlineData("cursor=%C3%A4", "invalidCursor")]
    public async Task List_WhatIsWrong_IsNamed(string parameters, string scimType)
    {
        var directory = await NewDirectory();

        (await directory.Scim.Get($"/Users?{Escaped(parameters)}")).ShouldBeError(400, scimType);
    }

    [Theory]
    [InlineData("", 7)]
    [InlineData("filter=userName sw \"u\"", 7)]
    [InlineData("filter=title eq \"even\"", 3)]
    [InlineData("sortBy=userName", 7)]
    [InlineData("sortBy=title&sortOrder=descending", 7)]
    [InlineData("sortBy=title", 7)]
    [InlineData("sortBy=title&filter=userName sw \"u\"", 1)]
    [InlineData("filter=userName eq \"u1\" or userName eq \"u2\" or externalId eq \"e3\"", 1)]
    public async Task Walk_ByCursor_MeetsEveryoneOnceInTheOrderOfTheList(string parameters, int count)
    {
        var directory = await NewDirectory();
        await Task.WhenAll(Enumerable.Range(0, 23).Select(i => directory.Scim.Post("/Users", Bodies.User($"u{i}", $",\"externalId\":\"e{i}\",\"title\":\"{(i % 2 == 0 ? "even" : "odd")}\""))));
        var all = Ids((await directory.Scim.Get($"/Users?{Escaped(parameters)}")).ShouldBe(200));

        var pages = await Walk(directory.Scim, $"/Users?{Escaped(parameters)}&count={count}");

        pages.SelectMany(Ids).ShouldBe(all);
        pages.ShouldAllBe(p => p.Resources.Count <= count);
        pages.ShouldAllBe(p => p.Json["startIndex"] == null);
        if (!parameters.StartsWith("filter", StringComparison.Ordinal))
        {
            pages.ShouldAllBe(p => p.TotalResults == all.Length);
        }
    }

    [Fact]
    public async Task Cursor_OfAnotherQueryOrDirectory_IsInvalid()
    {
        var directory = await FivePeople();
        var other = await FivePeople();
        var cursor = Next(await directory.Scim.Get("/Users?count=2&cursor="))!;
        var sorted = Next(await directory.Scim.Get("/Users?count=2&cursor=&sortBy=userName"))!;

        cursor.ShouldMatch("^[A-Za-z0-9._~-]+$");
        (await directory.Scim.Get($"/Users?count=2&cursor={cursor}&attributes=userName")).ShouldBe(200);
        (await directory.ByPath.Get($"/Users?count=2&cursor={cursor}")).ShouldBe(200);
        (await directory.Scim.Get($"/Users?count=2&cursor={cursor}")).ShouldBe(200);
        (await directory.Scim.Get($"/Users?count=3&cursor={cursor}")).ShouldBeError(400, "invalidCount");
        (await directory.Scim.Get($"/Users?count=2&cursor={cursor}&sortBy=userName")).ShouldBeError(400, "invalidCursor");
        (await directory.Scim.Get($"/Users?count=2&cursor={cursor}&filter=userName%20pr")).ShouldBeError(400, "invalidCursor");
        (await directory.Scim.Get($"/Groups?count=2&cursor={cursor}")).ShouldBeError(400, "invalidCursor");
        (await directory.Scim.Get($"/?count=2&cursor={cursor}")).ShouldBeError(400, "invalidCursor");
        (await other.Scim.Get($"/Users?count=2&cursor={cursor}")).ShouldBeError(400, "invalidCursor");
        (await directory.Scim.Get($"/Users?count=2&cursor={sorted}&sortBy=userName&sortOrder=descending")).ShouldBeError(400, "invalidCursor");
        foreach (var at in new[] { 0, 5, cursor.Length / 2, cursor.Length - 2 })
        {
            var changed = $"{cursor[..at]}{(cursor[at] == 'A' ? 'B' : 'A')}{cursor[(at + 1)..]}";
            (await directory.Scim.Get($"/Users?count=2&cursor={changed}")).ShouldBeError(400, "invalidCursor");
        }
    }

    [Fact]
    public async Task Cursor_AfterAStart_GoesOn()
    {
        var folder = Directory.CreateTempSubdirectory("muster-api-tests-").FullName;
        var first = await TestServer.Start(folder);
        var directory = await FivePeople(first);
        string[] queries = ["/Users?count=2", "/Users?count=2&sortBy=name.familyName", "/Users?count=2&filter=userName%20pr", "/?count=2&sortBy=userName&sortOrder=descending"];
        var all = new List<(string Query, string[] Ids, Answer Page)>();
        foreach (var query in queries)
        {
            all.Add((query, [.. (await Walk(directory.Scim, query)).SelectMany(Ids)], await directory.Scim.Get(query + "&cursor=")));
        }

        await first.Stop();
        await using var second = await TestServer.Start(folder, adminKey: first.AdminKey);
        foreach (var (query, ids, page) in all)
        {
            var rest = await Walk(second.Client("/scim/v2", directory.Token), query, Next(page)!);
            Ids(page).Concat(rest.SelectMany(Ids)).ShouldBe(ids);
        }

        await second.Stop();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Cursor_AfterItsTime_HasExpired()
    {
        var time = new ManualTimeProvider();
        await using var server = await TestServer.Start(args: ["--Limits:CursorSeconds", "60"], time: time);
        var directory = await FivePeople(server);
        var cursor = Next(await directory.Scim.Get("/Users?count=2&cursor="));

        time.Advance(TimeSpan.FromSeconds(50));
        (await directory.Scim.Get($"/Users?count=2&cursor={cursor}")).ShouldBe(200);
        time.Advance(TimeSpan.FromSeconds(11));
        (await directory.Scim.Get($"/Users?count=2&cursor={cursor}")).ShouldBeError(400, "expiredCursor");
        (await directory.Scim.Get("/ServiceProviderConfig")).Json["pagination"]!["cursorTimeout"]!.GetValue<int>().ShouldBe(60);
    }

    [Fact]
    public async Task Walk_SortedWhilePeopleGo_NeitherSkipsNorRepeatsTheOthers()
    {
        var directory = await FivePeople();
        var first = await directory.Scim.Get("/Users?count=2&sortBy=userName&cursor=");
        (await directory.Scim.Delete($"/Users/{Ids(first)[1]}")).ShouldBe(204);
        await directory.MakeUser("aaron");

        var rest = await Walk(directory.Scim, "/Users?count=2&sortBy=userName", Next(first)!);

        rest.SelectMany(Names).ShouldBe(["cid", "dan", "eva"]);
    }

    [Fact]
    public async Task Cursor_CountZero_IsTheTotalOnly()
    {
        var directory = await FivePeople();
        foreach (var query in new[] { "/Users?", "/Users?filter=userName%20pr&", "/Users?sortBy=userName&", "/?" })
        {
            var page = (await directory.Scim.Get($"{query}count=0&cursor=")).ShouldBe(200);
            page.TotalResults.ShouldBe(query == "/?" ? 6 : 5);
            (page.Resources.Count, Next(page)).ShouldBe((0, null));
        }
    }

    [Theory]
    [InlineData("/Users", """{"filter":"userName sw \"a\""}""", "ada")]
    [InlineData("/Users", """{"sortBy":"userName","count":2,"attributes":["userName"]}""", "ada Bea")]
    [InlineData("/Users", """{"sortBy":"userName","sortOrder":"descending","startIndex":2,"count":2}""", "dan cid")]
    [InlineData("/Groups", """{"filter":"displayName pr"}""", "Crew")]
    [InlineData("", """{"filter":"displayName sw \"C\" or userName eq \"cid\"","sortBy":"userName"}""", "cid Crew")]
    [InlineData("", """{"filter":"meta.resourceType eq \"Group\""}""", "Crew")]
    [InlineData("", """{"sortBy":"userName","cursor":"","count":3}""", "ada Bea cid")]
    public async Task Search_IsAListByPost(string endpoint, string body, string expected)
    {
        var directory = await FivePeople();
        var sent = $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],{{body[1..]}}""";

        Names((await directory.Scim.Post($"{endpoint}/.search", sent)).ShouldBe(200)).ShouldBe(expected.Split(' '));
    }

    [Theory]
    [InlineData("""{"schemas":["urn:x"]}""", "invalidSyntax")]
    [InlineData("""{"filter":1}""", "invalidValue")]
    [InlineData("""{"filter":"x"}""", "invalidFilter")]
    [InlineData("""{"filter":"nothing pr"}""", "invalidFilter")]
    [InlineData("""{"sortBy":"nothing"}""", "invalidPath")]
    [InlineData("""{"attributes":["userName"],"excludedAttributes":["title"]}""", "invalidValue")]
    [InlineData("""{"cursor":"x"}""", "invalidCursor")]
    [InlineData("""{"userName":"ada"}""", "invalidSyntax")]
    [InlineData("", "invalidSyntax")]
    public async Task Search_WhatIsWrong_IsNamed(string body, string scimType)
    {
        var directory = await NewDirectory();
        foreach (var endpoint in new[] { "/Users", "/Groups", "" })
        {
            (await directory.Scim.Post($"{endpoint}/.search", body)).ShouldBeError(400, scimType);
        }
    }

    [Fact]
    public async Task Search_ByAnotherMethod_Is405()
    {
        var directory = await NewDirectory();
        (await directory.Scim.Get("/Users/.search")).ShouldBeError(405).Header("Allow").ShouldBe("POST");
        (await directory.Scim.Post("/", "{}")).ShouldBeError(405).Header("Allow").ShouldBe("GET, HEAD");
    }

    [Theory]
    [InlineData("", 6)]
    [InlineData("filter=id pr", 6)]
    [InlineData("filter=displayName pr", 1)]
    [InlineData("filter=userName pr", 5)]
    [InlineData("filter=not (userName pr)", 1)]
    [InlineData("filter=userName eq \"ada\"", 1)]
    [InlineData("filter=externalId eq \"x-eva\" or displayName eq \"crew\"", 2)]
    [InlineData("filter=meta.resourceType eq \"User\" and title pr", 2)]
    [InlineData("filter=meta.resourceType eq \"Nobody\"", 0)]
    public async Task Root_ListsUsersThenGroups(string parameters, int total)
    {
        var directory = await FivePeople();
        var whole = (await directory.Scim.Get($"/?{Escaped(parameters)}")).ShouldBe(200);

        whole.TotalResults.ShouldBe(total);
        whole.Resources.Count.ShouldBe(total);
        Types(whole).ShouldBe(Types(whole).OrderByDescending(t => t, StringComparer.Ordinal));
        for (var start = 1; start <= total + 1; start++)
        {
            var page = (await directory.Scim.Get($"/?{Escaped(parameters)}&startIndex={start}&count=2")).ShouldBe(200);
            page.TotalResults.ShouldBe(total);
            Ids(page).ShouldBe(Ids(whole).Skip(start - 1).Take(2));
        }

        (await Walk(directory.Scim, $"/?{Escaped(parameters)}&count=2")).SelectMany(Ids).ShouldBe(Ids(whole));
        (await directory.Scim.Send("HEAD", $"/?{Escaped(parameters)}", null)).ShouldBe(200).Body.ShouldBeEmpty();
    }

    [Fact]
    public async Task Root_Projects_ByEachTypesNames()
    {
        var directory = await FivePeople();

        var page = (await directory.Scim.Get("/?attributes=userName,members&filter=userName%20eq%20%22ada%22%20or%20displayName%20pr")).ShouldBe(200);

        page.Resources[0]!.AsObject().Select(p => p.Key).ShouldBe(["schemas", "id", "userName"], ignoreOrder: true);
        page.Resources[1]!["members"]!.AsArray().Count.ShouldBe(1);
        page.Resources[1]!["displayName"].ShouldBeNull();
    }

    [Fact]
    public async Task Scan_OverTheLimit_IsTooManyButNotByCursor()
    {
        await using var server = await TestServer.Start(args: ["--Limits:MaxScanned", "10"]);
        var directory = await server.MakeDirectory();
        await Task.WhenAll(Enumerable.Range(0, 25).Select(i => directory.MakeUser($"u{i}")));

        (await directory.Scim.Find("/Users", "userName sw \"u\"")).ShouldBeError(400, "tooMany").String("detail")!.ShouldContain("10 resources");
        (await directory.Scim.Get("/Users?sortBy=userName")).ShouldBeError(400, "tooMany");
        (await directory.Scim.Get("/Users?sortBy=userName&cursor=")).ShouldBeError(400, "tooMany");
        (await directory.Scim.Find("/Users", "userName sw \"u\" and userName eq \"u7\"")).ShouldBe(200).TotalResults.ShouldBe(1);
        (await directory.Scim.Get($"/Users?sortBy=userName&filter={Uri.EscapeDataString("userName eq \"u7\" or userName eq \"u3\"")}")).ShouldBe(200).TotalResults.ShouldBe(2);
        var pages = await Walk(directory.Scim, $"/Users?filter={Uri.EscapeDataString("userName ew \"4\"")}");
        pages.SelectMany(Names).Order(StringComparer.Ordinal).ShouldBe(["u14", "u24", "u4"]);
        pages.Count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Scan_WhereTooManyWait_Is429AndLookUpsGoOn()
    {
        await using var server = await TestServer.Start(configure: builder => builder.Services.Configure<QueryOptions>(o => (o.MaxScansOfDirectory, o.MaxWaitingOfDirectory) = (0, 0)));
        var directory = await server.MakeDirectory();
        await directory.MakeUser("ada");

        (await directory.Scim.Find("/Users", "title pr")).ShouldBeError(429).Header("Retry-After").ShouldBe("5");
        (await directory.Scim.Get("/Users?sortBy=userName")).ShouldBeError(429);
        (await directory.Scim.Find("/Users", "userName eq \"ada\"")).ShouldBe(200).TotalResults.ShouldBe(1);
        (await directory.Scim.Get("/Users?cursor=")).ShouldBe(200).TotalResults.ShouldBe(1);
        (await directory.Scim.Find("/Users", "titel pr")).ShouldBeError(400, "invalidFilter");
    }

    [Fact]
    public async Task ServiceProviderConfig_SaysWhatIsServed()
    {
        var directory = await NewDirectory();
        var config = (await directory.Scim.Get("/ServiceProviderConfig")).ShouldBe(200).Json;

        config["sort"]!["supported"]!.GetValue<bool>().ShouldBeTrue();
        config["pagination"]!.ToJsonString().ShouldBe(
            """{"cursor":true,"index":true,"defaultPaginationMethod":"index","defaultPageSize":100,"maxPageSize":1000,"cursorTimeout":3600}""");
    }

    private static async Task<TestDirectory> NewDirectory() => await (await TestServer.Shared).MakeDirectory();

    private static async Task<TestDirectory> FivePeople(TestServer? server = null)
    {
        var directory = await (server ?? await TestServer.Shared).MakeDirectory();
        var ada = await Make("ada", ""","name":{"familyName":"Lovelace"},"title":"countess","emails":[{"value":"z@x","primary":true},{"value":"a@x"}]""");
        await Make("Bea", $$$""","schemas":["{{{Enterprise}}}","urn:ietf:params:scim:schemas:core:2.0:User"],"{{{Enterprise}}}":{"department":"A"}""");
        await Make("cid", $$$""","name":{"familyName":"müller"},"emails":[{"value":"m@x"}],"schemas":["{{{Enterprise}}}","urn:ietf:params:scim:schemas:core:2.0:User"],"{{{Enterprise}}}":{"department":"b"}""");
        await Make("dan", ""","name":{"familyName":"ada"}""");
        await Make("eva", ""","title":"Baroness","externalId":"x-eva" """);
        await directory.MakeGroup("Crew", ada);
        return directory;

        async Task<string> Make(string userName, string more)
        {
            var body = more.Contains("\"schemas\"", StringComparison.Ordinal) ? $$"""{"userName":"{{userName}}"{{more}}}""" : Bodies.User(userName, more);
            return (await directory.Scim.Post("/Users", body)).ShouldBe(201).Id;
        }
    }

    /// <summary>All pages by cursor.</summary>
    private static async Task<List<Answer>> Walk(ApiClient client, string query, string cursor = "")
    {
        var pages = new List<Answer>();
        for (string? next = cursor; next is not null; next = Next(pages[^1]))
        {
            pages.Add((await client.Get($"{query}&cursor={next}")).ShouldBe(200));
            pages.Count.ShouldBeLessThan(100);
        }

        return pages;
    }

    private static string? Next(Answer page) => page.ShouldBe(200).String("nextCursor");

    private static string[] Ids(Answer page) => [.. page.Resources.Select(r => r!["id"]!.GetValue<string>())];

    private static string[] Types(Answer page) => [.. page.Resources.Select(r => r!["meta"]!["resourceType"]!.GetValue<string>())];

    private static string[] Names(Answer page) => [.. page.Resources.Select(r => Name((JsonObject)r!))];

    private static string Name(JsonObject resource) => (resource["userName"] ?? resource["displayName"])!.GetValue<string>();

    private static string Escaped(string parameters) => parameters.Replace(" ", "%20", StringComparison.Ordinal).Replace("\"", "%22", StringComparison.Ordinal);
}
