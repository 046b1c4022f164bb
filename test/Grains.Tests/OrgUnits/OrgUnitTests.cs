using System.Text;
using System.Text.Json.Nodes;
using Grains.Abstractions;
using Grains.Abstractions.Indexes;
using Grains.Abstractions.OrgUnits;
using Grains.Abstractions.Profiles;
using Grains.Abstractions.Resources;
using Grains.Directories;
using Grains.Indexes;
using Grains.OrgUnits;

namespace Grains.Tests.OrgUnits;

/// <summary>Org units: made on first sight, then the vendor's.</summary>
public sealed class OrgUnitTests
{
    private static readonly DirectoryRules Rules = new()
    {
        OrgUnits = [new OrgUnitRule { Kind = "role", Paths = ["title"] }, new OrgUnitRule { Kind = "site", Paths = ["locale", "timezone"] }],
    };

    [Fact]
    public async Task Create_AUserThatNamesUnits_MakesThemAndCountsIn()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = Directory(cluster);

        (await Create(directory, "u0", ("title", " Engineer "), ("locale", " "), ("timezone", "Cork"))).Error.ShouldBeNull();
        (await Create(directory, "u1", ("title", "ENGINEER"))).Error.ShouldBeNull();

        var role = (await Unit(directory, "role", "engineer").Describe(directory.Context)).ShouldNotBeNull();
        (role.Name, role.Users, role.Kind).ShouldBe(("Engineer", 2, "role"));
        (await Unit(directory, "site", "cork").Describe(directory.Context))!.Users.ShouldBe(1);
        (await directory.Listed(IndexNames.OrgUnits("role"))).ShouldBe([role.Slug]);
        (await directory.User("u1").OrgUnits(directory.Context)).ShouldBe(
            [new UserOrgUnit { Kind = "role", Slug = role.Slug, Name = "ENGINEER" }, new UserOrgUnit { Kind = "site" }]);
    }

    [Fact]
    public async Task Change_OfTheValue_CountsOutAndIn()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = Directory(cluster);
        await Create(directory, "u0", ("title", "Engineer"));
        await Create(directory, "u1", ("title", "Engineer"));

        (await directory.Set("u0", "title", "Manager")).Error.ShouldBeNull();
        (await Count(directory, "role", "engineer"), await Count(directory, "role", "manager")).ShouldBe((1, 1));
        (await directory.Set("u0", "title", "engineer")).Error.ShouldBeNull();
        (await Count(directory, "role", "engineer"), await Count(directory, "role", "manager")).ShouldBe((2, 0));
        (await directory.Set("u0", "title", "")).Error.ShouldBeNull();
        (await directory.DeleteUser("u1")).Error.ShouldBeNull();

        (await Count(directory, "role", "engineer")).ShouldBe(0);
        (await directory.User("u1").OrgUnits(directory.Context)).ShouldBeNull();
    }

    [Fact]
    public async Task Change_ByTheVendor_StaysWhateverIsProvisioned()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = Directory(cluster);
        await Create(directory, "u0", ("title", "Engineer"));
        var unit = Unit(directory, "role", "engineer");
        var version = (await unit.Describe(directory.Context))!.Version;

        var changed = await unit.Change(directory.Context, new OrgUnitChange { DisplayName = "Engineering", Attributes = [new OrgUnitAttribute { Name = "grade", Value = "7" }], IfVersion = version });
        (await unit.Change(directory.Context, new OrgUnitChange { DisplayName = "Late", IfVersion = version })).Error!.Status.ShouldBe(412);
        await Create(directory, "u1", ("title", "eNGINEER"));
        await cluster.Restart();

        var now = (await Unit(directory, "role", "engineer").Describe(directory.Context)).ShouldNotBeNull();
        changed.Unit!.Version.ShouldBe(version + 1);
        (now.Name, now.DisplayName, now.Attributes.Single().Value, now.Users, now.Version).ShouldBe(("Engineer", "Engineering", "7", 2, version + 1));
    }

    [Fact]
    public async Task Delete_LeavesUsersUnassignedUntilTheValueIsProvisionedAgain()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = Directory(cluster);
        await Create(directory, "u0", ("title", "Engineer"));
        await Create(directory, "u1", ("title", "Engineer"));
        var first = (await Unit(directory, "role", "engineer").Describe(directory.Context))!;

        (await Unit(directory, "role", "engineer").Delete(directory.Context, ifVersion: null)).Error.ShouldBeNull();

        (await Unit(directory, "role", "engineer").Describe(directory.Context)).ShouldBeNull();
        (await directory.Listed(IndexNames.OrgUnits("role"))).ShouldBeEmpty();
        (await directory.User("u0").OrgUnits(directory.Context))![0].ShouldBe(new UserOrgUnit { Kind = "role", Name = "Engineer" });

        // Something else is provisioned: still unassigned. The same value again: another unit, and only this user in it.
        (await directory.Set("u0", "displayName", "Ada")).Error.ShouldBeNull();
        (await Unit(directory, "role", "engineer").Describe(directory.Context)).ShouldBeNull();
        (await directory.Set("u0", "title", "Engineer")).Error.ShouldBeNull();
        var second = (await Unit(directory, "role", "engineer").Describe(directory.Context)).ShouldNotBeNull();
        (second.Users, second.Slug).ShouldBe((1, first.Slug));
        second.Generation.ShouldNotBe(first.Generation);
        second.Version.ShouldBeGreaterThan(first.Version);
        (await directory.User("u1").OrgUnits(directory.Context))![0].Slug.ShouldBeNull();
        (await directory.Listed(IndexNames.OrgUnits("role"))).ShouldBe([first.Slug]);

        // A change that sends it along with others counts, too.
        var both = """{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","value":{"displayName":"Bob","title":"Engineer"}}]}""";
        (await directory.User("u1").Patch(directory.Context, new ChangeResource { Body = Encoding.UTF8.GetBytes(both) })).Error.ShouldBeNull();
        (await Count(directory, "role", "engineer")).ShouldBe(2);
    }

    /// <summary>Who is in the archive stands in no unit; who comes back stands in those that are still there, and makes none.</summary>
    [Fact]
    public async Task Restore_FromTheArchive_CountsIn_ButBringsNoDeletedUnitBack()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = new TestDirectory(cluster, cluster.Directory.Context with { Rules = Rules with { Archives = true } });
        await Create(directory, "u0", ("title", "Engineer"), ("locale", "Cork"));
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));

        await directory.DeleteUser("u0").ShouldSucceed();

        (await Count(directory, "role", "engineer"), await Count(directory, "site", "cork")).ShouldBe((0, 0));
        (await directory.User("u0").OrgUnits(directory.Context)).ShouldBeNull();
        (await Unit(directory, "role", "engineer").Delete(directory.Context, ifVersion: null)).Error.ShouldBeNull();
        await directory.RestoreUser("u0").ShouldSucceed();
        await cluster.Restart();
        (await directory.User("u0").Read(directory.Context)).Error.ShouldBeNull();

        (await Count(directory, "site", "cork")).ShouldBe(1);
        (await Unit(directory, "role", "engineer").Describe(directory.Context)).ShouldBeNull();
        (await directory.User("u0").OrgUnits(directory.Context))!.Select(u => (u.Kind, u.Slug is null)).ShouldBe([("role", true), ("site", false)]);
        await directory.Set("u0", "title", "Engineer").ShouldSucceed();
        (await Count(directory, "role", "engineer")).ShouldBe(1);
    }

    [Fact]
    public async Task Read_OfAUserWhoseCreateMayNotBeWhole_DoesNotBringADeletedUnitBack()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = Directory(cluster);
        await Create(directory, "u0", ("title", "Engineer"));
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await Unit(directory, "role", "engineer").Delete(directory.Context, ifVersion: null);
        await cluster.Restart();

        (await directory.User("u0").Read(directory.Context)).Error.ShouldBeNull();
        (await Unit(directory, "role", "engineer").Describe(directory.Context)).ShouldBeNull();
        await Create(directory, "u1", ("title", "Engineer"));
        await cluster.Restart();

        (await directory.User("u0").Read(directory.Context)).Error.ShouldBeNull();
        (await Count(directory, "role", "engineer")).ShouldBe(1);
    }

    [Fact]
    public async Task Create_ManyFirstSightsAtOnce_MakeOneUnit()
    {
        await using var cluster = await GrainCluster.Start(silos: 2);
        var directory = Directory(cluster);

        // Through two silos that do not know of each other: storage decides.
        var replies = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => ReplyAssertions.Insist(() => Create(directory, $"u{i}", digest: "d", silo: i % 2, attributes: ("title", "Engineer")))));

        replies.ShouldAllBe(r => r.Error == null);
        await cluster.Restart(0);
        (await Count(directory, "role", "engineer")).ShouldBe(64);
        (await directory.Listed(IndexNames.OrgUnits("role"))).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Join_OfManyUsers_GrowsAndListsEach()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = Directory(cluster);
        var unit = Unit(directory, "role", "engineer");
        var ids = Enumerable.Range(0, 700).Select(i => $"u{i}").ToList();

        foreach (var id in ids)
        {
            (await unit.Join(directory.Context, "Engineer", id, version: 1)).ShouldBeTrue();
        }

        await cluster.Eventually(async () => (await cluster.Stored<OrgUnitState>("orgunit", Key(directory, "role", "engineer")))!.Width > 1);
        await cluster.Restart();
        (await Count(directory, "role", "engineer")).ShouldBe(700);
        var found = new List<string>();
        IndexPosition? position = new IndexPosition();
        while (position is { } after)
        {
            var page = (await Unit(directory, "role", "engineer").Users(directory.Context, after, 100)).ShouldNotBeNull();
            found.AddRange(page.Members.Select(m => m.Id));
            position = page.Next;
        }

        found.Order(StringComparer.Ordinal).ShouldBe(ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Leave_OlderThanTheJoin_IsIgnored()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = Directory(cluster);
        var unit = Unit(directory, "role", "engineer");

        (await unit.Join(directory.Context, "Engineer", "u0", version: 5)).ShouldBeTrue();
        (await unit.Leave(directory.Context, "u0", version: 4)).ShouldBeTrue();

        (await unit.Has(directory.Context, "u0")).ShouldBeTrue();
    }

    [Fact]
    public async Task Join_ByATwinThatKnowsADeletedUnit_GoesToTheNewOneWithinSeconds()
    {
        await using var cluster = await GrainCluster.Start(silos: 2);
        var directory = Directory(cluster);
        var (here, there) = (Unit(directory, "role", "engineer"), Unit(directory, "role", "engineer", silo: 1));
        await here.Join(directory.Context, "Engineer", "u0", version: 1);
        (await there.Has(directory.Context, "u0")).ShouldBeTrue();
        await here.Delete(directory.Context, ifVersion: null);
        await here.Join(directory.Context, "Engineer", "u1", version: 1);

        cluster.Clock.Advance(DirectoryGrain.MaxAge + TimeSpan.FromSeconds(1));
        (await there.Join(directory.Context, "Engineer", "u2", version: 1)).ShouldBeTrue();

        (await there.Has(directory.Context, "u0")).ShouldBeFalse();
        await cluster.Restart();
        (await Count(directory, "role", "engineer")).ShouldBe(2);
    }

    [Fact]
    public async Task Erase_LeavesNothing()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = Directory(cluster);
        await Create(directory, "u0", ("title", "Engineer"));

        (await Unit(directory, "role", "engineer").Erase(directory.Context)).ShouldBeTrue();

        (await cluster.Stored<OrgUnitState>("orgunit", Key(directory, "role", "engineer"))).ShouldBeNull();
    }

    [Theory]
    [InlineData("engineer", "engineer-")]
    [InlineData("chief of r&d", "chief-of-r-d-")]
    [InlineData("日本", "")]
    public void SlugOf_IsAPartOfKeysAndReadable(string folded, string begins)
    {
        var slug = OrgUnitNames.SlugOf(folded);

        GrainKeys.IsPart(slug).ShouldBeTrue();
        slug.ShouldStartWith(begins);
        OrgUnitNames.SlugOf(folded + " ").ShouldNotBe(slug);
    }

    private static TestDirectory Directory(GrainCluster cluster) => new(cluster, cluster.Directory.Context with { Rules = Rules });

    private static string Key(TestDirectory directory, string kind, string folded) => GrainKeys.OrgUnit(directory.Context.Id, kind, OrgUnitNames.SlugOf(folded));

    private static IOrgUnitGrain Unit(TestDirectory directory, string kind, string folded, int silo = 0) => directory.Cluster[silo].GetGrain<IOrgUnitGrain>(Key(directory, kind, folded));

    private static async Task<long> Count(TestDirectory directory, string kind, string folded) => (await Unit(directory, kind, folded).Describe(directory.Context))?.Users ?? -1;

    private static Task<ResourceReply> Create(TestDirectory directory, string id, params (string Name, string Value)[] attributes) => Create(directory, id, null, 0, attributes);

    private static Task<ResourceReply> Create(TestDirectory directory, string id, string? digest, int silo, params (string Name, string Value)[] attributes)
    {
        var user = new JsonObject { ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:User"), ["userName"] = "name-" + id };
        foreach (var (name, value) in attributes)
        {
            user[name] = value;
        }

        return directory.User(id, silo).Create(directory.Context, new CreateResource { Attributes = Encoding.UTF8.GetBytes(user.ToJsonString()), Digest = digest });
    }
}
