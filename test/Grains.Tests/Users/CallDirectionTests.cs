namespace Grains.Tests.Users;

/// <summary>No turn of a user waits on a group: a group's turn may be waiting for the user (PROTOCOL R6).</summary>
public sealed class CallDirectionTests
{
    [Fact]
    public async Task Delete_WhileItsGroupTellsTheUserToLeave_BothAnswer()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithAMember(cluster);
        var tombstone = cluster.Script.OnWrite(StorageFault.Hold, "user", directory.Key("u1"));
        var deleting = directory.DeleteUser("u1");
        await tombstone.Reached;

        // The group's turn comes to wait for the user's.
        var removing = directory.RemoveMembers("g1", ["u1"]);
        await cluster.Eventually(async () => (await directory.StoredGroup("g1"))!.MemberCount == 0);
        tombstone.Release();

        await deleting.ShouldSucceed();
        (await removing.ShouldSucceed()).MemberCount.ShouldBe(0);
    }

    [Fact]
    public async Task Wake_WhileItsGroupTellsTheUserToLeave_BothAnswer()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithAMember(cluster);
        await directory.DeleteUser("u1").ShouldSucceed();
        await cluster.Restart();
        var head = cluster.Script.OnWrite(StorageFault.Hold, "group", directory.Key("g1"));
        var removing = directory.RemoveMembers("g1", ["u1"]);
        await head.Reached;

        var waking = directory.User("u1").Wake(directory.Context, []);
        head.Release();

        (await waking.WaitAsync(GrainCluster.Patience)).Unfinished.ShouldBeTrue();
        (await removing.ShouldSucceed()).MemberCount.ShouldBe(0);
    }

    private static async Task<TestDirectory> WithAMember(GrainCluster cluster)
    {
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();
        await directory.CreateGroup("g1", "Staff", "u1").ShouldSucceed();
        return directory;
    }
}
