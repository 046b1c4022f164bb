using System.Text.Json;
using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Indexes;
using Grains.Abstractions.Queries;
using Grains.Abstractions.Users;
using Grains.Queries;
using Microsoft.Extensions.DependencyInjection;

namespace Grains.Tests.Queries;

public sealed class DirectoryQueryTests
{
    [Fact]
    public async Task List_PageByPage_MeetsEveryoneOnce()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 25);

        var pages = await Walk(directory, cluster, count: 10);

        pages.Select(p => p.Ids.Length).ShouldBe([10, 10, 5]);
        pages.ShouldAllBe(p => p.TotalResults == 25);
        pages.SelectMany(p => p.Ids).Order().ShouldBe(Enumerable.Range(0, 25).Select(i => $"u{i}").Order());
    }

    [Fact]
    public async Task List_AnyStartIndexWithoutAWalk_IsTheSameOrder()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 20);
        var all = (await List(directory, cluster, startIndex: 1, count: 100)).Ids;

        for (var start = 1; start <= 20; start++)
        {
            (await List(directory, cluster, startIndex: start, count: 3)).Ids.ShouldBe(all.Skip(start - 1).Take(3));
        }

        (await List(directory, cluster, startIndex: 21, count: 3)).Ids.ShouldBeEmpty();
    }

    [Fact]
    public async Task List_CountZero_IsTheTotalOnly()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 3);

        var reply = await List(directory, cluster, startIndex: 1, count: 0);

        (reply.TotalResults, reply.Ids.Length).ShouldBe((3, 0));
    }

    [Fact]
    public async Task List_WhileTheDirectoryGrows_NeitherSkipsNorRepeats()
    {
        await using var cluster = await GrainCluster.Start();
        var grain = cluster[0].GetGrain<IDirectoryGrain>("d1");
        await grain.Create(new CreateDirectory { Tenant = "t", Name = "n" });
        var directory = new TestDirectory(cluster, (await grain.Context())!);
        await Create(directory, "early", 100);

        var growing = Task.Run(() => Create(directory, "late", 500));
        var walks = 0;
        do
        {
            var ids = (await Walk(directory, cluster, count: 20)).SelectMany(p => p.Ids).ToList();
            ids.Distinct().Count().ShouldBe(ids.Count);
            ids.Count(i => i.StartsWith("early", StringComparison.Ordinal)).ShouldBe(100);
            walks++;
        }
        while (!growing.IsCompleted);

        await growing;
        walks.ShouldBeGreaterThan(0);
        (await List(directory, cluster, startIndex: 1, count: 0)).TotalResults.ShouldBe(600);
    }

    [Fact]
    public async Task Filter_ByAnIndexedValue_ReadsOnlyWhatItNames()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 20);
        await cluster.Deactivate();
        // Their first reactivation takes the mark of their creation away.
        await List(directory, cluster);
        await cluster.Deactivate();

        var calls = await cluster.Script.During(async () =>
            (await List(directory, cluster, filter: "userName eq \"NAME7\"")).Ids.ShouldBe(["u7"]));

        calls.Count.ShouldBe(2);
        (await List(directory, cluster, filter: "externalId eq \"e9\"")).Ids.ShouldBe(["u9"]);
        (await List(directory, cluster, filter: "id eq \"u3\"")).Ids.ShouldBe(["u3"]);
        (await List(directory, cluster, filter: "userName eq \"nobody\"")).TotalResults.ShouldBe(0);
    }

    /// <summary>An equality alone is verified by the resource, without its document: whatever the value, that finds what looking at everyone finds.</summary>
    [Fact]
    public async Task Filter_AnEqualityAlone_FindsWhatItsEvaluationFinds()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        var longName = new string('x', 300);
        string[] values =
        [
            "plain", "Plain2", "\u212Aelvin", "Kelvin2", "stra\u00DFe", "STRASSE", "\u0130stanbul", "a\"b\\c", "#hash", "\uD83C\uDF89", " x ", "true", "1",
            longName, longName + "y",
        ];
        for (var i = 0; i < values.Length; i++)
        {
            await directory.CreateUser($"u{i}", values[i], values[^(i + 1)]).ShouldSucceed();
            await directory.CreateGroup($"g{i}", values[i]).ShouldSucceed();
        }

        string[] literals =
        [
            .. values.SelectMany(v => new[] { v, v.ToUpperInvariant(), v.ToLowerInvariant() }).Distinct().Select(v => JsonSerializer.Serialize(v)),
            "\"\"", "null", "\"nobody\"", "\"kelvin\"", "\"u1\"", "\"U1\"", "\"g1\"",
        ];
        foreach (var (type, attribute) in new[] { ("User", "userName"), ("User", "externalId"), ("User", "id"), ("Group", "displayName"), ("Group", "id") })
        {
            foreach (var literal in literals)
            {
                var alone = (await List(directory, cluster, type: type, filter: $"{attribute} eq {literal}")).Ids.Order();
                var evaluated = (await List(directory, cluster, type: type, filter: $"not (not ({attribute} eq {literal}))")).Ids.Order();
                alone.ShouldBe(evaluated, $"{attribute} eq {literal}");
            }
        }
    }

    [Fact]
    public async Task Filter_ByAStaleHintOfAGroup_BelievesTheGroup()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateGroup("g1", "Old").ShouldSucceed();
        cluster.Script.OnWrite(StorageFault.Fail, "bucket", directory.BucketKey("g-displayname"), nth: 2);
        await directory.SetGroup("g1", "displayName", "New");
        (await directory.Owners("g-displayname", "old")).ShouldBe(["g1"]);

        (await List(directory, cluster, type: "Group", filter: "displayName eq \"Old\"")).Ids.ShouldBeEmpty();
        (await List(directory, cluster, type: "Group", filter: "displayName eq \"NEW\"")).Ids.ShouldBe(["g1"]);
    }

    [Fact]
    public async Task Filter_ByAStaleHint_BelievesTheUser()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 2);
        // The old hint's release fails.
        cluster.Script.OnWrite(StorageFault.Fail, "bucket", directory.BucketKey("u-externalid"), nth: 2);
        await directory.Set("u0", "externalId", "new").ShouldSucceed();
        (await directory.Owners("u-externalid", "e0")).ShouldBe(["u0"]);

        (await List(directory, cluster, filter: "externalId eq \"e0\"")).Ids.ShouldBeEmpty();
        (await List(directory, cluster, filter: "externalId eq \"new\"")).Ids.ShouldBe(["u0"]);
    }

    [Fact]
    public async Task Filter_WithoutAnIndex_LooksAtEveryone()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 30);
        await directory.Set("u4", "title", "Countess").ShouldSucceed();
        await directory.Set("u9", "title", "countess").ShouldSucceed();

        (await List(directory, cluster, filter: "title eq \"Countess\"")).Ids.Order().ShouldBe(["u4", "u9"]);
        (await List(directory, cluster, filter: "userName sw \"name1\"")).TotalResults.ShouldBe(11);
        var pages = await Walk(directory, cluster, count: 4, filter: "userName sw \"name1\"");
        pages.SelectMany(p => p.Ids).Distinct().Count().ShouldBe(11);
        pages.ShouldAllBe(p => p.TotalResults == 11);
    }

    [Fact]
    public async Task Filter_WithoutAnIndexOverTheLimit_IsTooMany()
    {
        await using var cluster = await GrainCluster.Start(configure: s => s.Configure<QueryOptions>(o => o.MaxScanned = 10));
        var directory = await WithUsers(cluster, 11);

        (await List(directory, cluster, filter: "title pr")).Error!.ScimType.ShouldBe("tooMany");

        await directory.DeleteUser("u0").ShouldSucceed();
        (await List(directory, cluster, filter: "title pr")).Error.ShouldBeNull();
    }

    [Fact]
    public async Task Filter_ByMember_FindsTheGroups()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 2);
        await directory.CreateGroup("g1", "One", "u0", "u1").ShouldSucceed();
        await directory.CreateGroup("g2", "Two", "u1").ShouldSucceed();
        await directory.CreateGroup("g3", "Three").ShouldSucceed();

        (await List(directory, cluster, type: "Group", filter: "members eq \"u1\"")).Ids.Order().ShouldBe(["g1", "g2"]);
        (await List(directory, cluster, type: "Group", filter: "members[value eq \"u0\"]")).Ids.ShouldBe(["g1"]);
        (await List(directory, cluster, type: "Group", filter: "displayName eq \"one\" and members eq \"u1\"")).Ids.ShouldBe(["g1"]);
        (await List(directory, cluster, type: "Group", filter: "id eq \"g3\" and members eq \"u1\"")).Ids.ShouldBeEmpty();
    }

    [Fact]
    public async Task Filter_StorageAway_IsNoEmptyList()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 2);
        await cluster.Deactivate();
        cluster.Script.On(StorageFault.Fail, c => c.Verb == StorageVerb.Read && c.State == "user");

        await Should.ThrowAsync<Exception>(() => List(directory, cluster, filter: "userName eq \"name0\""));
    }

    [Fact]
    public async Task Scan_OfMoreThanAreKept_LeavesNobodyInMemoryButThoseInUse()
    {
        await using var cluster = await GrainCluster.Start(configure: s => s.Configure<QueryOptions>(o => o.MaxKeptInMemory = 39));
        var directory = await WithUsers(cluster, 40);
        await cluster.Deactivate();

        // Their first reactivation takes the mark of their creation away.
        await List(directory, cluster, filter: "title pr");
        await cluster[0].GetGrain<IUserGrain>(GrainKeys.Resource(directory.Context.Id, "u7")).Read(directory.Context);

        for (var i = 0; i < 2; i++)
        {
            var calls = await cluster.Script.During(async () => (await List(directory, cluster, filter: "title pr")).TotalResults.ShouldBe(0));
            calls.Count(c => c is { Verb: StorageVerb.Read, State: "user" }).ShouldBe(39);
            calls.ShouldAllBe(c => c.Verb == StorageVerb.Read);
        }
    }

    [Fact]
    public async Task Scan_OfFewerThanAreKept_ReadsNothingAgain()
    {
        await using var cluster = await GrainCluster.Start(configure: s => s.Configure<QueryOptions>(o => o.MaxKeptInMemory = 40));
        var directory = await WithUsers(cluster, 40);
        await cluster.Deactivate();
        await List(directory, cluster, filter: "title pr");

        (await cluster.Script.During(() => List(directory, cluster, filter: "title pr"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Scan_ClientGoes_StopsAndLeavesItsPlace()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 5);
        var grain = cluster[0].GetGrain<IDirectoryQueryGrain>(directory.Context.Id);
        var options = Microsoft.Extensions.Options.Options.Create(new QueryOptions { MaxScansOfDirectory = 1, MaxWaitingOfDirectory = 0 });
        using var slots = new ScanSlots(options, cluster.Clock);
        var queries = new DirectoryQueries(options, new Walks(cluster.Clock), slots);
        var query = new DirectoryQuery { Types = ["User"], SortBy = "userName", Descending = true, Count = 2 };

        await Should.ThrowAsync<OperationCanceledException>(() => queries.Run(grain, directory.Context, query, new CancellationToken(canceled: true)));

        (await queries.Run(grain, directory.Context, query, CancellationToken.None)).Results.Select(r => r.Id).ShouldBe(["u4", "u3"]);
        using var taken = await slots.Enter(directory.Context.Id, CancellationToken.None);
        (await queries.Run(grain, directory.Context, query, CancellationToken.None)).Error!.Status.ShouldBe(429);
        (await queries.Run(grain, directory.Context, query with { StartIndex = 3 }, CancellationToken.None)).Results.Select(r => r.Id).ShouldBe(["u2", "u1"]);
    }

    [Fact]
    public async Task Scan_StepByStep_FindsAllInTheOrderOfTheList()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 70);
        var all = (await List(directory, cluster)).Ids;

        foreach (var (take, most) in new[] { (1, 1), (7, 100), (100, 3), (100, 100), (33, 40) })
        {
            var found = new List<string>();
            for (IndexPosition? at = new IndexPosition(); at is { } after;)
            {
                var step = await Scan(directory, cluster, new ScanQuery { ResourceType = "User", Filter = "userName ew \"1\" or userName ew \"2\"", SortBy = "userName", After = after, Take = take, Most = most });
                step.Ids.Length.ShouldBeLessThanOrEqualTo(most);
                step.Keys.ShouldBe(step.Ids.Select(id => $"NAME{id[1..]}"));
                found.AddRange(step.Ids);
                at = step.Next;
            }

            found.ShouldBe(all.Where(id => id[^1] is '1' or '2'));
        }
    }

    [Fact]
    public async Task Filter_ByIndexedEqualitiesUnderOr_ReadsOnlyWhatTheyName()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 20);
        await cluster.Deactivate();
        await List(directory, cluster);
        await cluster.Deactivate();

        var calls = await cluster.Script.During(async () =>
            (await List(directory, cluster, filter: "userName eq \"NAME7\" or externalId eq \"e9\" or (id eq \"u3\" and title pr) or userName eq \"nobody\"")).Ids.Order().ShouldBe(["u7", "u9"]));

        calls.Count(c => c.State == "user").ShouldBe(3);
        (await List(directory, cluster, filter: "title pr or userName eq \"name1\"")).Ids.ShouldBe(["u1"]);
        (await Scan(directory, cluster, new ScanQuery { ResourceType = "User", Filter = "userName eq \"name1\" or userName eq \"name2\"", Take = 1, Most = 10 })).Seen.ShouldBe(0);
    }

    private static Task<ScanReply> Scan(TestDirectory directory, GrainCluster cluster, ScanQuery query) =>
        cluster[0].GetGrain<IDirectoryQueryGrain>(directory.Context.Id).Scan(directory.Context, query);

    private static async Task<TestDirectory> WithUsers(GrainCluster cluster, int count)
    {
        var directory = cluster.Directory;
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => directory.CreateUser($"u{i}", $"name{i}", $"e{i}").ShouldSucceed()));
        return directory;
    }

    private static async Task Create(TestDirectory directory, string prefix, int count)
    {
        foreach (var some in Enumerable.Range(0, count).Chunk(50))
        {
            await Task.WhenAll(some.Select(i => directory.CreateUser($"{prefix}{i}", $"{prefix}{i}").ShouldSucceed()));
        }
    }

    private static async Task<List<ListReply>> Walk(TestDirectory directory, GrainCluster cluster, int count, string? filter = null)
    {
        var pages = new List<ListReply>();
        for (var start = 1; ; start += count)
        {
            var page = await List(directory, cluster, startIndex: start, count: count, filter: filter);
            if (page.Ids.Length > 0)
            {
                pages.Add(page);
            }

            if (page.Ids.Length < count || start + count > page.TotalResults)
            {
                return pages;
            }
        }
    }

    private static Task<ListReply> List(
        TestDirectory directory, GrainCluster cluster, string? filter = null, int startIndex = 1, int count = 100, string type = "User") =>
        cluster[0].GetGrain<IDirectoryQueryGrain>(directory.Context.Id)
            .List(directory.Context, new ListQuery { ResourceType = type, Filter = filter, StartIndex = startIndex, Count = count });
}
