using System.Text;
using System.Text.Json.Nodes;
using Grains.Abstractions;
using Grains.Abstractions.OrgUnits;
using Grains.Abstractions.Profiles;
using Grains.Abstractions.Resources;
using Grains.Indexes;

namespace Grains.Tests.Faults;

/// <summary>Org units: first sight, another value, deletion, and the value again.</summary>
internal static class OrgUnitScenarios
{
    private const string Kind = "role";

    private static readonly DirectoryRules Rules = new() { OrgUnits = [new OrgUnitRule { Kind = Kind, Paths = ["title"] }] };

    public static readonly IReadOnlyList<Scenario> All =
    [
        new()
        {
            Name = "org unit, first sight",
            Rules = Rules,
            Run = (d, _) => Create(d, "u3", "Engineer"),
            Check = async (d, reply, fault) =>
            {
                // A create that was cut off, and not tried again before the log came to ask after it, is not to be: then nobody counts in.
                var isMade = reply.Error is null;
                (reply.Error?.Status ?? 200).ShouldBe(isMade ? 200 : fault == FaultKind.OutlastsTheCalls ? 409 : 200);
                (await Has(d, "engineer", "u3")).ShouldBe(isMade);
            },
            Rivals =
            [
                new("another first sight", d => Create(d, "u4", "ENGINEER"), async (d, one, two) =>
                {
                    (one.Error, two.Error).ShouldBe((null, null));
                    (await Has(d, "engineer", "u3"), await Has(d, "engineer", "u4")).ShouldBe((true, true));
                    (await d.Listed(IndexNames.OrgUnits(Kind))).Count.ShouldBe(1);
                    (await Unit(d, "engineer").Describe(d.Context))!.Users.ShouldBe(2);
                }),
            ],
        },
        new()
        {
            Name = "org unit, another value",
            Rules = Rules,
            Prepare = async d => await Create(d, "u3", "Engineer").ShouldSucceed(),
            Run = (d, _) => d.Set("u3", "title", "Manager"),
            Check = async (d, reply, _) =>
            {
                reply.Error.ShouldBeNull();
                (await Has(d, "engineer", "u3"), await Has(d, "manager", "u3")).ShouldBe((false, true));
            },
        },
        new()
        {
            Name = "org unit, delete of its user",
            Rules = Rules,
            Prepare = async d => await Create(d, "u3", "Engineer").ShouldSucceed(),
            Run = (d, _) => d.DeleteUser("u3"),
            Check = async (d, reply, _) =>
            {
                (reply.Error?.Status ?? 404).ShouldBe(404);
                (await Has(d, "engineer", "u3")).ShouldBeFalse();
            },
        },
        new()
        {
            Name = "org unit, delete",
            Rules = Rules,
            Prepare = AWhileAgo,
            Run = (d, _) => Answer(async () => (await Unit(d, "engineer").Delete(d.Context, ifVersion: null)).Error),
            Check = async (d, reply, _) =>
            {
                (reply.Error?.Status ?? 404).ShouldBe(404);
                (await Unit(d, "engineer").Describe(d.Context)).ShouldBeNull();
            },
            Rivals =
            [
                new("first sight by another user", d => Create(d, "u4", "ENGINEER"), async (d, one, two) =>
                {
                    // Either the user went with the unit, or it made the unit anew and is alone there.
                    (one.Error?.Status ?? 404).ShouldBe(404);
                    two.Error.ShouldBeNull();
                    var unit = await Unit(d, "engineer").Describe(d.Context);
                    (unit?.Users ?? 1).ShouldBe(1);
                    (await Has(d, "engineer", "u3"), await Has(d, "engineer", "u4")).ShouldBe((false, unit is not null));
                    (await d.Listed(IndexNames.OrgUnits(Kind))).Count.ShouldBe(unit is null ? 0 : 1);
                }),
                new("another value of its user", d => d.Set("u3", "title", "Manager"), async (d, one, two) =>
                {
                    (one.Error?.Status ?? 404).ShouldBe(404);
                    two.Error.ShouldBeNull();
                    (await Unit(d, "engineer").Describe(d.Context)).ShouldBeNull();
                    (await Has(d, "manager", "u3")).ShouldBeTrue();
                    (await d.Listed(IndexNames.OrgUnits(Kind))).ShouldBe([OrgUnitNames.SlugOf("manager")]);
                }),
            ],
        },
        new()
        {
            Name = "org unit, the value again after its delete",
            Rules = Rules,
            Prepare = async d =>
            {
                await Create(d, "u3", "Engineer").ShouldSucceed();
                (await Unit(d, "engineer").Delete(d.Context, ifVersion: null)).Error.ShouldBeNull();
            },
            Run = (d, _) => d.Set("u3", "title", "Engineer"),
            Check = async (d, reply, _) =>
            {
                reply.Error.ShouldBeNull();
                (await Has(d, "engineer", "u3")).ShouldBeTrue();
                (await d.Listed(IndexNames.OrgUnits(Kind))).ShouldBe([OrgUnitNames.SlugOf("engineer")]);
            },
        },
        new()
        {
            Name = "org unit, change by the vendor",
            Rules = Rules,
            Prepare = AWhileAgo,
            Run = (d, _) => Answer(async () => (await Unit(d, "engineer").Change(d.Context, new OrgUnitChange { DisplayName = "Engineering" })).Error),
            Check = async (d, reply, _) =>
            {
                reply.Error.ShouldBeNull();
                (await Unit(d, "engineer").Describe(d.Context))!.DisplayName.ShouldBe("Engineering");
            },
            Rivals =
            [
                new("delete", d => Answer(async () => (await Unit(d, "engineer").Delete(d.Context, ifVersion: null)).Error), async (d, one, two) =>
                {
                    (one.Error?.Status ?? 404).ShouldBe(404);
                    (two.Error?.Status ?? 404).ShouldBe(404);
                    (await Unit(d, "engineer").Describe(d.Context)).ShouldBeNull();
                }),
                new("delete of its user", d => d.DeleteUser("u3"), async (d, one, two) =>
                {
                    (one.Error, two.Error).ShouldBe((null, null));
                    var unit = (await Unit(d, "engineer").Describe(d.Context)).ShouldNotBeNull();
                    (unit.DisplayName, unit.Users).ShouldBe(("Engineering", 0));
                }),
            ],
        },
    ];

    private static IOrgUnitGrain Unit(TestDirectory directory, string folded) =>
        directory.Cluster[directory.Home].GetGrain<IOrgUnitGrain>(GrainKeys.OrgUnit(directory.Context.Id, Kind, OrgUnitNames.SlugOf(folded)));

    private static Task<bool> Has(TestDirectory directory, string folded, string user) => Unit(directory, folded).Has(directory.Context, user);

    private static Task<ResourceReply> Create(TestDirectory directory, string id, string title)
    {
        var user = new JsonObject { ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:User"), ["userName"] = "name-" + id, ["title"] = title };
        return directory.User(id).Create(directory.Context, new CreateResource { Attributes = Encoding.UTF8.GetBytes(user.ToJsonString()), Digest = "d" });
    }

    /// <summary>The unit was first seen before it is asked for anything: what an admin does then is later than what its user's row says.</summary>
    private static async Task AWhileAgo(TestDirectory directory)
    {
        await Create(directory, "u3", "Engineer").ShouldSucceed();
        directory.Cluster.Clock.Advance(TimeSpan.FromSeconds(1));
    }

    /// <summary>What an admin is told: what storage did not confirm is to be tried again.</summary>
    private static async Task<ResourceReply> Answer(Func<Task<GrainError?>> ask) => new() { Error = await ask() };
}
