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
    public async Task Read_ByManyAtOnce_AllAreAnswered()
    {
        await using var cluster = await GrainCluster.Start();
        var segment = Segment(cluster);
        await segment.Install(CompactForm.Bytes(Of("u1")));

        var read = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => segment.Read().AsTask()));

        read.ShouldAllBe(entries => Resources(entries).Single() == "u1");
    }

    [Fact]
    public async Task Read_WhenNobodyReadsItAgain_LeavesMemorySoon()
    {
        await using var cluster = await GrainCluster.Start();
        var segment = Segment(cluster);
        await segment.Install(CompactForm.Bytes(Of("u1")));
        await segment.Read();
        (await ReadsOfStorage()).ShouldBe(0);

        // Only what is not in memory has to be read from storage again.
        await cluster.TimePassesUntil(TimeSpan.FromSeconds(10), async () => await ReadsOfStorage() == 1);

        async Task<int> ReadsOfStorage() =>
            (await cluster.Script.During(async () => Resources(await segment.Read()).ShouldBe(["u1"]))).Count(c => c is { Verb: StorageVerb.Read, State: "eventsegment" });
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
