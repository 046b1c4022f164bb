using Grains.Abstractions.Events;
using Grains.Events;
using Grains.Storage;

namespace Grains.Tests.Events;

/// <summary>A segment of a directory's log: made once, read rarely, and in memory only meanwhile.</summary>
public sealed class EventSegmentTests
{
    [Fact]
    public async Task Install_AgainWithOtherEntries_ChangesNothing()
    {
        await using var cluster = await GrainCluster.Start();
        var segment = Segment(cluster);
        (await segment.Install(CompactForm.Bytes(Of("u1", "u2")))).ShouldBeTrue();

        (await segment.Install(CompactForm.Bytes(Of("u3")))).ShouldBeTrue();

        Resources(await segment.Read()).ShouldBe(["u1", "u2"]);
    }

    [Fact]
    public async Task Read_DoesNotStayInMemory()
    {
        await using var cluster = await GrainCluster.Start();
        var segment = Segment(cluster);
        await segment.Install(CompactForm.Bytes(Of("u1")));
        Resources(await segment.Read()).ShouldBe(["u1"]);

        // Only what is not in memory has to be read from storage again.
        var calls = await cluster.Script.During(async () => Resources(await segment.Read()).ShouldBe(["u1"]));

        calls.ShouldHaveSingleItem().ShouldBe(new StorageCall(0, StorageVerb.Read, "eventsegment", cluster.Directory.BucketKey("log")));
    }

    private static IEventSegmentGrain Segment(GrainCluster cluster) =>
        cluster[0].GetGrain<IEventSegmentGrain>(cluster.Directory.BucketKey("log"));

    private static EventSegmentState Of(params string[] ids) => new()
    {
        Entries = [.. ids.Select((id, i) => new LogEntry
        {
            Sequence = i,
            ResourceType = "User",
            ResourceId = id,
            WriteId = Guid.NewGuid().ToString("N"),
            Version = 1,
            Kind = EventKind.Create,
            At = 1,
            Status = EventStatus.Settled,
        })],
    };

    private static string[] Resources(byte[] entries) => [.. CompactForm.State<EventSegmentState>(entries).Entries.Select(e => e.ResourceId)];
}
