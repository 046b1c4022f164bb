using Api.Commands;
using Grains.Checking;
using Grains.Indexes;
using Grains.OrgUnits;

namespace Api.Tests.Commands;

/// <summary>A check of a database with org units that are damaged, and its repair.</summary>
public sealed class OrgUnitCheckTests : IAsyncLifetime
{
    private const string Profile = """{"name":"units","orgUnits":[{"kind":"role","paths":["title"]}]}""";

    private readonly string folder = Directory.CreateTempSubdirectory("muster-check-units-").FullName;
    private readonly List<string> engineers = [];
    private string adminKey = "";
    private string directory = "";
    private string token = "";

    /// <summary>The unit of three engineers, of which the vendor keeps something, and the name of its buckets.</summary>
    private string slug = "";
    private string index = "";

    private string Database => Path.Combine(folder, "muster.db");

    private string UnitKey => $"{directory}.role.{slug}";

    private OfflineRepair Repair => new(Database, _ => { });

    public async Task InitializeAsync()
    {
        var server = await TestServer.Start(folder);
        adminKey = server.AdminKey!;
        (await server.Admin.Put("/profiles/units", Profile)).ShouldBe(201);
        var made = await server.MakeDirectory(more: ""","profile":"units" """);
        (directory, token) = (made.Id, made.Token);
        for (var i = 0; i < 3; i++)
        {
            engineers.Add((await made.Scim.Post("/Users", Bodies.User($"user{i}", ""","title":"Engineer" """))).ShouldBe(201).Id);
        }

        (await made.Scim.Post("/Users", Bodies.User("eve", ""","title":"Manager" """))).ShouldBe(201);
        slug = (string)(await server.Admin.Get($"/directories/{directory}/org-units/role?name=engineer")).ShouldBe(200).Json["items"]![0]!["id"]!;
        (await server.Admin.Put($"/directories/{directory}/org-units/role/{slug}", """{"displayName":"Engineering"}""")).ShouldBe(200);
        await SoundStore.SettleLog(server, directory);
        await server.DisposeAsync();
        index = IndexNames.Members((await StoredRows.Read<OrgUnitState>(Database, "orgunit", UnitKey)).Generation!);
        var sound = Repair.Check();
        sound.Findings.ShouldBeEmpty(string.Join('\n', sound.Findings));
    }

    public Task DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>What the vendor kept of it is lost; its users show as unassigned until their next value comes, which makes another.</summary>
    [Fact]
    public async Task Mend_AUnitThatIsGone_LeavesItsUsersUnassigned()
    {
        StoredRows.Drop(Database, "orgunit", UnitKey);

        var found = Repair.Check();

        found.Findings.ShouldContain(f => f.Kind == FindingKind.EntryOrphan && f.Subject == $"orgunit/{UnitKey}" && f.Mendable);
        found.Findings.ShouldContain(f => f.Kind == FindingKind.MembersOfNoGroup && f.Subject == $"bucket/{directory}.{index}" && f.Mendable);
        (await Repair.Mend(found, acceptLoss: false)).Findings.ShouldBeEmpty();
        await using var server = await TestServer.Start(folder, adminKey: adminKey);
        (await Counts(server)).ShouldBe([("Manager", 1)]);
        (await server.Client("/scim/v2", token).Patch($"/Users/{engineers[0]}", Bodies.Replace("title", "\"Engineer\""))).ShouldBe(200);
        (await Counts(server)).ShouldBe([("Engineer", 1), ("Manager", 1)], ignoreOrder: true);
    }

    /// <summary>One who is counted and has gone, and one who never was: the number is right again.</summary>
    [Fact]
    public async Task Mend_UsersCountedThatShouldNotBe_AreCountedOut()
    {
        const string Nobody = "0199aaaa-0000-7000-8000-00000000dead";
        var hashKey = (await StoredRows.Read<Grains.Directories.DirectoryState>(Database, "directory", directory)).HashKey;
        StoredRows.Drop(Database, "user", $"{directory}.{engineers[2]}");
        await StoredRows.Edit<BucketState>(Database, "bucket", $"{directory}.{index}.0", b => b with { Entries = StoredRows.With(b.Entries, OneMore(b.Entries)) });

        var found = Repair.Check();

        found.Findings.Where(f => f.Kind == FindingKind.EntryStale && f.Subject == $"orgunit/{UnitKey}").Select(f => f.Detail.Contains(Nobody) || f.Detail.Contains(engineers[2])).ShouldBe([true, true]);
        (await Repair.Mend(found, acceptLoss: true)).Findings.ShouldBeEmpty();
        await using var server = await TestServer.Start(folder, adminKey: adminKey);
        (await Counts(server)).ShouldBe([("Engineering", 2), ("Manager", 1)], ignoreOrder: true);

        // Its place among the others is right.
        BucketEntry OneMore(BucketEntry[] entries) => entries[0] with
        {
            Value = Nobody,
            Hash = IndexHash.Of(hashKey, index, Nobody),
            Owners = [entries[0].Owners[0] with { Id = Nobody }],
        };
    }

    [Theory]
    [InlineData("a bucket of its users with a bit turned over")]
    [InlineData("not on the list of its kind")]
    [InlineData("no list of its kind")]
    public async Task Mend_WhatCanBeKnown_IsThereAgainWithNothingLost(string damage)
    {
        var list = $"{directory}.{IndexNames.OrgUnits("role")}.0";
        await (damage switch
        {
            "a bucket of its users with a bit turned over" => Done(() => StoredRows.Damage(Database, "bucket", $"{directory}.{index}.0")),
            "no list of its kind" => Done(() => StoredRows.Drop(Database, "bucket", list)),
            _ => StoredRows.Edit<BucketState>(Database, "bucket", list, b => b with { Entries = [.. b.Entries.Where(e => e.Value != slug)] }),
        });

        var found = Repair.Check();

        found.Findings.ShouldNotBeEmpty();
        (await Repair.Mend(found, acceptLoss: false)).Findings.ShouldBeEmpty();
        await using var server = await TestServer.Start(folder, adminKey: adminKey);
        (await Counts(server)).ShouldBe([("Engineering", 3), ("Manager", 1)], ignoreOrder: true);

        static Task Done(Action change)
        {
            change();
            return Task.CompletedTask;
        }
    }

    private async Task<List<(string Name, int Users)>> Counts(TestServer server) =>
    [
        .. (await server.Admin.Get($"/directories/{directory}/org-units/role")).ShouldBe(200).Json["items"]!.AsArray()
            .Select(u => ((string?)u!["displayName"] ?? (string)u["name"]!, u["users"]!.GetValue<int>())),
    ];
}
