using Grains.Abstractions;
using Grains.Abstractions.Indexes;
using Grains.Abstractions.Resources;
using Grains.Indexes;
using Grains.Resources;

namespace Grains.Tests.Faults;

/// <summary>
/// Each scenario of PROTOCOL.md, with each kind of fault at each of its storage writes in turn; then what a client does, which is to
/// try again until it has an answer; then a restart; then what must hold whatever happened.
/// </summary>
public sealed class FaultTable
{
    private const int MostWrites = 60;

    private static readonly string[] Users = ["u0", "u1", "u2", "u3"];
    private static readonly string[] Groups = ["g0", "g1"];
    private static readonly string[] Names = ["name0", "name1", "name2", "name3", "new"];

    private static readonly StorageFault[] Faults = [StorageFault.Fail, StorageFault.ApplyThenFail, StorageFault.CrashBefore, StorageFault.CrashAfter];

    private static readonly Dictionary<string, Func<TestDirectory, Task<ResourceReply>>> Scenarios = new()
    {
        ["create"] = d => d.CreateUser("u3", "new", "e-new", digest: "d"),
        ["create, name taken"] = d => d.CreateUser("u3", "name0", "e-new", digest: "d"),
        ["rename"] = d => d.Set("u0", "userName", "new"),
        ["take-over"] = d => d.CreateUser("u3", "stale", "e-new", digest: "d"),
        ["take-over by a rename"] = d => d.Set("u0", "userName", "stale"),
        ["change of a hint"] = d => d.Set("u0", "externalId", "e-new"),
        ["change"] = d => d.Set("u0", "title", "Countess"),
        ["delete"] = async d =>
        {
            var reply = await d.DeleteUser("u0");
            await d.User("u0").Settle(d.Context);
            return reply;
        },
        ["member added"] = d => d.AddMembers("g0", ["u2"]),
        ["member removed"] = d => d.RemoveMembers("g0", ["u0"]),
        ["members replaced"] = d => d.ReplaceGroup("g0", "Crew", "u1", "u2"),
        ["group added to a group"] = d => d.AddMembers("g0", ["g1"]),
        ["group delete"] = async d =>
        {
            var reply = await d.DeleteGroup("g0");
            await d.Group("g0").Settle(d.Context);
            return reply;
        },
        ["split"] = async d => await d.Bucket(IndexNames.UserId).Split(0) == BucketStatus.Ok ? new ResourceReply() : GrainError.Retry,
    };

    public static TheoryData<string, StorageFault> Cases()
    {
        var cases = new TheoryData<string, StorageFault>();
        foreach (var scenario in Scenarios.Keys)
        {
            foreach (var fault in Faults)
            {
                cases.Add(scenario, fault);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task AnyWrite_Fails_InvariantsHoldAfterARetry(string scenario, StorageFault fault)
    {
        var writes = 0;
        for (var nth = 1; nth <= MostWrites; nth++)
        {
            await using var cluster = await GrainCluster.Start();
            var directory = cluster.Directory;
            await Furnish(directory);
            var rule = cluster.Script.On(fault, c => c.Verb != StorageVerb.Read, nth);

            var trying = ReplyAssertions.Insist(() => Scenarios[scenario](directory));
            var ended = fault is StorageFault.CrashBefore or StorageFault.CrashAfter && await Task.WhenAny(trying, rule.Reached) != trying;
            if (ended)
            {
                await cluster.Restart();
                trying = ReplyAssertions.Insist(() => Scenarios[scenario](directory));
            }

            var reply = await trying;
            cluster.Script.Forget();
            await cluster.Restart();
            await CheckInvariants(directory, $"{scenario}, {fault} at write {nth}, answered {reply.Error?.Status ?? 200}");
            await CheckAnswer(directory, scenario, reply, ended || rule.Happened);
            if (!rule.Happened)
            {
                writes.ShouldBe(nth - 1);
                writes.ShouldBeGreaterThan(0);
                return;
            }

            writes = nth;
        }

        Assert.Fail($"More than {MostWrites} writes.");
    }

    private static async Task Furnish(TestDirectory directory)
    {
        for (var i = 0; i < 3; i++)
        {
            await directory.CreateUser($"u{i}", $"name{i}", $"e{i}").ShouldSucceed();
        }

        // A create of u9 whose claim landed and whose row did not.
        (await directory.Index().Claim(new IndexTerm(IndexNames.UserName, "stale", Unique: true), "u9", version: 1, final: true)).ShouldBe(BucketStatus.Ok);
        await directory.CreateGroup("g0", "Staff", "u0", "u1").ShouldSucceed();
        await directory.CreateGroup("g1", "Other", "u0").ShouldSucceed();
    }

    private static async Task CheckInvariants(TestDirectory directory, string because)
    {
        foreach (var user in Users)
        {
            await directory.User(user).Settle(directory.Context);
        }

        foreach (var group in Groups)
        {
            await directory.Group(group).Settle(directory.Context);
        }

        var live = new List<string>();
        foreach (var user in Users)
        {
            var reply = await ReplyAssertions.Insist(async () => await directory.User(user).Read(directory.Context));
            if (reply.Error is not null)
            {
                reply.Error.Status.ShouldBe(404, customMessage: because);
                continue;
            }

            live.Add(user);
            var document = TestDirectory.Document(reply);
            (await directory.Owners(IndexNames.UserName, document["userName"]!.GetValue<string>())).ShouldBe([user], customMessage: because);
            (await directory.Owners("u-externalid", document["externalId"]!.GetValue<string>())).ShouldBe([user], customMessage: because);
        }

        (await directory.Listed(IndexNames.UserId)).ShouldBe(live, ignoreOrder: true, customMessage: because);

        // Whoever stands under a name and has it not can be taken over; nobody stands under two and has both.
        foreach (var name in Names)
        {
            foreach (var owner in await directory.Owners(IndexNames.UserName, name))
            {
                (live.Contains(owner) && await directory.UserNameOf(owner) == name).ShouldBeTrue($"{because}: {owner} under {name}");
            }
        }

        var memberships = new HashSet<(string Group, string Member)>();
        foreach (var group in Groups)
        {
            var reply = await ReplyAssertions.Insist(async () => await directory.Group(group).Read(directory.Context));
            if (reply.Error is null)
            {
                var members = await directory.Members(group);
                reply.MemberCount.ShouldBe(members.Count, customMessage: because);
                members.ForEach(m => memberships.Add((group, m)));
                (await directory.Owners("g-displayname", TestDirectory.Document(reply)["displayName"]!.GetValue<string>().ToLowerInvariant())).ShouldBe([group], customMessage: because);
            }
        }

        var told = new HashSet<(string Group, string Member)>();
        foreach (var user in live)
        {
            (await directory.User(user).Groups()).ToList().ForEach(g => told.Add((g, user)));
        }

        foreach (var group in Groups)
        {
            (await directory.Group(group).Groups()).ToList().ForEach(g => told.Add((g, group)));
        }

        told.ShouldBe(memberships, ignoreOrder: true, customMessage: because);
    }

    /// <summary>What was acknowledged stands, and what was refused has left nothing.</summary>
    private static async Task CheckAnswer(TestDirectory directory, string scenario, ResourceReply reply, bool faulty)
    {
        var because = $"{scenario}: {reply.Error?.Detail}";
        var status = reply.Error?.Status ?? 200;
        switch (scenario)
        {
            case "create":
                status.ShouldBe(200, customMessage: because);
                (await directory.UserNameOf("u3")).ShouldBe("new", customMessage: because);
                break;
            case "create, name taken":
                status.ShouldBe(409, customMessage: because);
                (await directory.UserNameOf("u3")).ShouldBeNull(because);
                break;
            case "rename":
                status.ShouldBe(200, customMessage: because);
                (await directory.UserNameOf("u0")).ShouldBe("new", customMessage: because);
                break;
            case "take-over":
                status.ShouldBe(200, customMessage: because);
                (await directory.UserNameOf("u3")).ShouldBe("stale", customMessage: because);
                break;
            case "take-over by a rename":
                status.ShouldBe(200, customMessage: because);
                (await directory.UserNameOf("u0")).ShouldBe("stale", customMessage: because);
                break;
            case "change of a hint":
                status.ShouldBe(200, customMessage: because);
                (await directory.Owners("u-externalid", "e-new")).ShouldBe(["u0"], customMessage: because);
                (await directory.Owners("u-externalid", "e0")).ShouldBeEmpty(because);
                break;
            case "change":
                status.ShouldBe(200, customMessage: because);
                (await directory.StoredUser("u0"))!.ContentVersion.ShouldBe(2, customMessage: because);
                break;
            case "delete":
                // A second try finds it gone.
                status.ShouldBeOneOf(faulty ? [200, 404] : [200]);
                (await directory.UserNameOf("u0")).ShouldBeNull(because);
                (await directory.Members("g0")).ShouldBe(["u1"], customMessage: because);
                break;
            case "group delete":
                status.ShouldBeOneOf(faulty ? [200, 404] : [200]);
                (await directory.StoredGroup("g0"))!.Status.ShouldBe(ResourceStatus.Tombstone, customMessage: because);
                break;
            case "member added":
                (await directory.Members("g0")).ShouldBe(["u0", "u1", "u2"], customMessage: because);
                break;
            case "member removed":
                (await directory.Members("g0")).ShouldBe(["u1"], customMessage: because);
                break;
            case "members replaced":
                (await directory.Members("g0")).ShouldBe(["u1", "u2"], customMessage: because);
                break;
            case "group added to a group":
                (await directory.Members("g0")).ShouldBe(["g1", "u0", "u1"], customMessage: because);
                break;
        }
    }
}
