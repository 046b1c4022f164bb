using Grains.Abstractions.Resources;
using Grains.Indexes;
using Grains.Resources;

namespace Grains.Tests.Users;

/// <summary>A resource of a directory's own type and a user are not each other's, though both live in user grains.</summary>
public sealed class OwnTypeTests
{
    [Fact]
    public async Task Create_OfAType_StandsInItsIndexesAndInNoOther()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;

        await directory.CreateDevice("d1", "s1", "E1").ShouldSucceed();

        (await directory.Owners("t-device-id", "d1")).ShouldBe(["d1"]);
        (await directory.Owners("t-device-externalid", "E1")).ShouldBe(["d1"]);
        (await directory.Listed(IndexNames.UserId)).ShouldBeEmpty();
        (await directory.Entries(IndexNames.UserName)).ShouldBeEmpty();
        (await directory.StoredUser("d1"))!.Type.ShouldBe("Device");
        (await directory.List("Device")).Ids.ShouldBe(["d1"]);
        (await directory.List("User")).Ids.ShouldBeEmpty();
        (await directory.List("Device")).TotalResults.ShouldBe(1);
    }

    [Fact]
    public async Task Change_OfAnIndexedValue_MovesItAndTheOldOneIsReleased()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateDevice("d1", "s1", "e1").ShouldSucceed();

        await directory.SetDevice("d1", "externalId", "e2").ShouldSucceed();

        (await directory.Owners("t-device-externalid", "e1")).ShouldBeEmpty();
        (await directory.Owners("t-device-externalid", "e2")).ShouldBe(["d1"]);
        await directory.User("d1").Delete(directory.ForDevices, new ChangeResource()).ShouldSucceed();
        (await directory.Listed("t-device-id")).ShouldBeEmpty();
        (await directory.Owners("t-device-externalid", "e2")).ShouldBeEmpty();
        (await directory.StoredUser("d1"))!.ShouldSatisfyAllConditions(s => s.Status.ShouldBe(ResourceStatus.Tombstone), s => s.Type.ShouldBe("Device"));
    }

    [Theory]
    [InlineData("d1", "User")]
    [InlineData("u1", "Device")]
    [InlineData("u1", "Room")]
    public async Task AnyCall_ForAnotherType_FindsNothingAndChangesNothing(string id, string type)
    {
        await using var cluster = await GrainCluster.Start(silos: 2);
        var directory = cluster.Directory;
        await directory.CreateDevice("d1", "s1", "e1").ShouldSucceed();
        await directory.CreateUser("u1", "ada", "e1").ShouldSucceed();
        var before = await directory.StoredUser(id);
        var context = directory.Context.For(type);

        // Both an activation that has it in memory, and one that reads it first.
        foreach (var grain in new[] { directory.User(id), directory.User(id, silo: 1) })
        {
            (await grain.Read(context)).Error!.Status.ShouldBe(404);
            (await grain.Look(context)).Error!.Status.ShouldBe(404);
            (await grain.ReadUnder(context, type == "User" ? "u-externalid" : "t-device-externalid", "e1")).Error!.Status.ShouldBe(404);
            (await grain.Export(context)).ShouldBeNull();
            (await grain.Delete(context, new ChangeResource())).Error!.Status.ShouldBe(404);
            await grain.Settle(context);
            var finding = await grain.Wake(context, ["no such write", before!.EventId!]);
            finding.Standing.ShouldBeEmpty();
            finding.Unfinished.ShouldBeFalse();
            (await grain.ClearTombstone(context)).ShouldBeTrue();
        }

        (await directory.User(id).Create(context, TestDirectory.NewUser("eve"))).Error!.Status.ShouldBe(409);
        (await directory.User(id).Import(context, TestDirectory.Elsewhere(TestDirectory.NewUser("eve")))).Error!.Status.ShouldBe(409);
        if (type != "Room")
        {
            (await directory.User(id).Replace(context, new ChangeResource { Body = TestDirectory.NewUser("eve").Attributes })).Error!.Status.ShouldBe(404);
            (await (type == "User" ? directory.Set(id, "externalId", "x") : directory.SetDevice(id, "externalId", "x"))).Error!.Status.ShouldBe(404);
        }

        (await directory.StoredUser(id))!.WriteId.ShouldBe(before!.WriteId);
        (await directory.List("User")).Ids.ShouldBe(["u1"]);
        (await directory.List("Device")).Ids.ShouldBe(["d1"]);
    }

    [Fact]
    public async Task Read_ForAnotherTypeOfAMarkedRow_DoesNotFinishIt()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateDevice("d1", "s1", "e1").ShouldSucceed();
        var row = (await directory.StoredUser("d1"))!;
        row.Marked.ShouldBeTrue();
        await cluster.Restart();

        (await directory.User("d1").Read(directory.Context)).Error!.Status.ShouldBe(404);
        await directory.User("d1").Wake(directory.Context, ["no such write"]);

        (await directory.StoredUser("d1"))!.WriteId.ShouldBe(row.WriteId);
        (await directory.User("d1").Read(directory.ForDevices)).Error.ShouldBeNull();
    }

    [Fact]
    public async Task Member_OfAnotherTypeThanUserAndGroup_IsRefused()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateDevice("d1", "s1").ShouldSucceed();
        await directory.CreateGroup("g1", "Staff").ShouldSucceed();

        (await directory.User("d1").Exists()).ShouldBeFalse();
        (await directory.User("d1").Join(directory.Context, new Membership { Group = "g1", Version = 1 })).ShouldBe(MembershipStatus.Gone);
        (await directory.User("d1").Join(directory.ForDevices, new Membership { Group = "g1", Version = 1 })).ShouldBe(MembershipStatus.Gone);
        (await directory.AddMembers("g1", ["d1"])).Error!.Status.ShouldBe(400);
        (await directory.Members("g1")).ShouldBeEmpty();
        (await directory.StoredUser("d1"))!.Groups.ShouldBeEmpty();
    }

    [Fact]
    public async Task Holds_AskedOfAnotherType_SaysNo()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateDevice("d1", "s1").ShouldSucceed();

        (await directory.User("d1").Holds(IndexNames.UserName, "s1")).Holds.ShouldBeFalse();

        (await directory.User("d1").Read(directory.ForDevices)).Version.ShouldBe(1);
    }
}
