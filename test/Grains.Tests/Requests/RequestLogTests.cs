using System.Text;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Requests;
using Grains.Requests;

namespace Grains.Tests.Requests;

public sealed class RequestLogTests
{
    private const string Id = "d1";

    private static readonly RequestLogLimits Roomy = new() { MaxEntries = 1_000_000, MaxBytes = 1 << 30, RetentionDays = 30 };

    [Fact]
    public async Task Append_ThenFindAndRead_GiveThemNewestFirstAndWithBodies()
    {
        await using var cluster = await GrainCluster.Start();
        var log = await Made(cluster);
        var now = Now(cluster);

        (await log.Append(Batch(Request(now), Request(now + 1) with { Status = 404, RequestBody = "{}"u8.ToArray() }))).ShouldBeTrue();
        await cluster.Restart();
        log = Log(cluster);

        var page = await log.Find(new RequestQuery { Count = 10 });
        page.Requests.Select(r => (r.Sequence, r.Status)).ShouldBe([(1, 404), (0, 200)]);
        page.Requests[0].RequestBody.ShouldBeNull();
        page.Next.ShouldBeNull();
        (await log.Read(1))!.RequestBody.ShouldBe("{}"u8.ToArray());
        (await log.Read(2)).ShouldBeNull();
    }

    [Fact]
    public async Task Find_ByTimeStatusResourceAndCorrelation_GivesThoseAlone()
    {
        await using var cluster = await GrainCluster.Start();
        var log = await Made(cluster);
        var now = Now(cluster);
        await log.Append(Batch(
            Request(now - 2000),
            Request(now - 1000) with { Status = 409, Outcome = RequestOutcome.Refused, ResourceType = "Group", ResourceId = "g" },
            Request(now) with { CorrelationId = "c-1", Method = "PATCH" }));

        (await Found(new RequestQuery { Count = 9, From = now - 1000, To = now })).ShouldBe([1]);
        (await Found(new RequestQuery { Count = 9, LeastStatus = 400, MostStatus = 499 })).ShouldBe([1]);
        (await Found(new RequestQuery { Count = 9, ResourceType = "group", ResourceId = "g" })).ShouldBe([1]);
        (await Found(new RequestQuery { Count = 9, CorrelationId = "c-1" })).ShouldBe([2]);
        (await Found(new RequestQuery { Count = 9, Method = "patch" })).ShouldBe([2]);
        (await Found(new RequestQuery { Count = 9, Outcome = RequestOutcome.Refused })).ShouldBe([1]);
        (await Found(new RequestQuery { Count = 9, CorrelationId = "C-1" })).ShouldBeEmpty();

        async Task<long[]> Found(RequestQuery query) => [.. (await log.Find(query)).Requests.Select(r => r.Sequence)];
    }

    [Fact]
    public async Task Find_PageByPage_SkipsAndRepeatsNothingAcrossSegments()
    {
        await using var cluster = await GrainCluster.Start();
        var log = await Made(cluster);
        await Fill(cluster, log, batches: 5, each: 40);

        var seen = new List<long>();
        long? before = null;
        do
        {
            var page = await log.Find(new RequestQuery { Count = 7, Before = before });
            seen.AddRange(page.Requests.Select(r => r.Sequence));
            before = page.Next;
        }
        while (before is not null);

        seen.ShouldBe(Enumerable.Range(0, 200).Reverse().Select(i => (long)i));
        (await cluster.Stored<RequestLogState>("requestlog", Id))!.Segments.Length.ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task Append_BeyondItsBounds_ClearsTheOldestSegmentsAndTheirRows()
    {
        await using var cluster = await GrainCluster.Start();
        var log = await Made(cluster);
        var bounds = Roomy with { MaxBytes = 2 * RequestLogState.SegmentBytes };

        await Fill(cluster, log, batches: 20, each: 40, bounds);

        var state = (await cluster.Stored<RequestLogState>("requestlog", Id))!;
        (state.Segments.Sum(s => s.Bytes) + state.Open.Bytes).ShouldBeLessThanOrEqualTo(3 * RequestLogState.SegmentBytes);
        state.Cleared.ShouldBeGreaterThan(3);
        (await cluster.Close()).Count(r => r.Contains("requestsegment", StringComparison.Ordinal)).ShouldBe(state.Segments.Length);
    }

    [Fact]
    public async Task Retention_IsOver_HidesRequestsAtOnceAndASweepClearsThem()
    {
        await using var cluster = await GrainCluster.Start();
        var log = await Made(cluster);
        await Fill(cluster, log, batches: 3, each: 40, Roomy with { RetentionDays = 2 });

        cluster.Clock.Advance(TimeSpan.FromDays(2) + TimeSpan.FromSeconds(1));
        (await Log(cluster).Find(new RequestQuery { Count = 10 })).Requests.ShouldBeEmpty();
        (await Log(cluster).Read(3)).ShouldBeNull();
        await Log(cluster).Sweep();

        var state = (await cluster.Stored<RequestLogState>("requestlog", Id))!;
        (state.Segments.Length, state.Tail.Length).ShouldBe((0, 0));
        (await cluster.Close()).ShouldNotContain(r => r.Contains("requestsegment", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Append_WhoseWriteFails_IsNotConfirmedAndTheNextOneGoesOn()
    {
        await using var cluster = await GrainCluster.Start();
        var log = await Made(cluster);
        await log.Append(Batch(Request(Now(cluster))));

        cluster.Script.On(StorageFault.Fail, c => c is { Verb: StorageVerb.Write, State: "requestlog" });
        (await log.Append(Batch(Request(Now(cluster))))).ShouldBeFalse();
        await cluster.Deactivate();
        (await Log(cluster).Append(Batch(Request(Now(cluster))))).ShouldBeTrue();

        (await Log(cluster).Find(new RequestQuery { Count = 9 })).Requests.Length.ShouldBe(2);
    }

    [Fact]
    public async Task Append_WhoseProcessEndsBetweenSegmentAndRow_IsFollowedByOthersUnderAnotherNumber()
    {
        await using var cluster = await GrainCluster.Start();
        var log = await Made(cluster);
        cluster.Script.On(StorageFault.Fail, c => c is { Verb: StorageVerb.Write, State: "requestlog" });
        (await log.Append(Large(cluster, 0, 40))).ShouldBeFalse();
        await cluster.Deactivate();

        (await Log(cluster).Append(Large(cluster, 100, 40))).ShouldBeTrue();

        var page = await Log(cluster).Find(new RequestQuery { Count = 100 });
        page.Requests.Length.ShouldBe(40);
        page.Requests.ShouldAllBe(r => r.CorrelationId!.StartsWith("1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Append_OfManySegmentsThatFailsAgainAndAgain_LeavesNothingForGood()
    {
        await using var cluster = await GrainCluster.Start();
        await Made(cluster);
        for (var i = 0; i < 7; i++)
        {
            // The row that is to list new segments: those at the same numbers again and again, until no place for more is looked for.
            cluster.Script.On(StorageFault.Fail, c => c is { Verb: StorageVerb.Write, State: "requestlog" });
            (await Log(cluster).Append(Large(cluster, 1000 * i, 300))).ShouldBeFalse();
            await cluster.Deactivate();
        }

        var tries = 0;
        while (!await Log(cluster).Append(Large(cluster, 9000, 300)))
        {
            (++tries).ShouldBeLessThan(7);
            await cluster.Deactivate();
        }

        (await Log(cluster).Find(new RequestQuery { Count = 1 })).Requests.Single().CorrelationId.ShouldBe("9299");

        await cluster[0].GetGrain<IDirectoryGrain>(Id).Remove();
        await cluster.Eventually(async () => (await cluster.Stored<Grains.Directories.DirectoryState>("directory", Id))!.Removed);
        (await cluster.Close()).ShouldNotContain(r => r.Contains("request", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Traffic_RetentionIsOver_HasNoRequestsMore()
    {
        await using var cluster = await GrainCluster.Start();
        var log = await Made(cluster);
        await log.Append(Batch(Request(Now(cluster)) with { Status = 409, IsTest = true }) with { Limits = Roomy with { RetentionDays = 1 } });
        (await log.Traffic()).LastFailure.ShouldNotBeNull();

        cluster.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));

        var traffic = await Log(cluster).Traffic();
        (traffic.LastFailure, traffic.LastTest, traffic.Requests).ShouldBe((null, null, 1));
        await Log(cluster).Sweep();
        (await cluster.Stored<RequestLogState>("requestlog", Id))!.Traffic.LastFailure.ShouldBeNull();
    }

    [Fact]
    public async Task Append_NoSuchDirectory_MakesNoRow()
    {
        await using var cluster = await GrainCluster.Start();

        (await Log(cluster).Append(Batch(Request(Now(cluster))))).ShouldBeFalse();

        (await cluster.Close()).ShouldBeEmpty();
    }

    [Fact]
    public async Task RemovalOfTheDirectory_ClearsTheLogAndWhatCameLateMakesNone()
    {
        await using var cluster = await GrainCluster.Start();
        var log = await Made(cluster);
        await Fill(cluster, log, batches: 3, each: 40);

        await cluster[0].GetGrain<IDirectoryGrain>(Id).Remove();
        await cluster.Eventually(async () => (await cluster.Stored<Grains.Directories.DirectoryState>("directory", Id))!.Removed);
        (await Log(cluster).Append(Batch(Request(Now(cluster))))).ShouldBeFalse();

        (await cluster.Close()).ShouldNotContain(r => r.Contains("request", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Traffic_CountsFailuresButNotWhatAnIdentityProviderFindsOut()
    {
        await using var cluster = await GrainCluster.Start();
        var log = await Made(cluster);
        var now = Now(cluster);

        await log.Append(Batch(
            Request(now) with { Status = 404, Outcome = RequestOutcome.Refused },
            Request(now + 1) with { Status = 404, Outcome = RequestOutcome.Refused, Method = "PATCH", Detail = "gone" },
            Request(now + 2) with { Status = 404, Outcome = RequestOutcome.Refused, IsAddressUnknown = true },
            Request(now + 3) with { Status = 201, Method = "POST", UsersMade = 1 },
            Request(now + 4) with { Status = 401, Outcome = RequestOutcome.Unauthenticated },
            Request(now + 5) with { Outcome = RequestOutcome.Dropped, Dropped = 5, DroppedFailures = 2 }) with { Kept = false });

        var traffic = await Log(cluster).Traffic();
        var slot = traffic.Slots.ShouldHaveSingleItem();
        (slot.Requests, slot.Failures, slot.Unauthenticated, slot.UsersMade).ShouldBe((9, 4, 1, 1));
        (traffic.Requests, traffic.Dropped, traffic.LastSuccess).ShouldBe((9, 5, now + 3));
        traffic.LastFailure!.At.ShouldBe(now + 2);
        traffic.UnknownCredentialRefused.ShouldBe(now + 4);
        traffic.KnownCredentialRefused.ShouldBe(0);
        (await Log(cluster).Find(new RequestQuery { Count = 9 })).Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Traffic_OverMonths_KeepsItsSizeAndEverythingMade()
    {
        await using var cluster = await GrainCluster.Start();
        var log = await Made(cluster);
        for (var day = 0; day < 120; day++)
        {
            await log.Append(Batch(Request(Now(cluster)) with { Status = 201, UsersMade = 3, MembersAdded = 1 }));
            cluster.Clock.Advance(TimeSpan.FromDays(1));
        }

        var traffic = await Log(cluster).Traffic();

        traffic.Points.Length.ShouldBeLessThanOrEqualTo(240);
        traffic.Points.Sum(p => p.UsersMade).ShouldBe(360);
        traffic.Slots.Length.ShouldBeLessThanOrEqualTo(2);
    }

    private static IRequestLogGrain Log(GrainCluster cluster) => cluster[0].GetGrain<IRequestLogGrain>(Id);

    private static async Task<IRequestLogGrain> Made(GrainCluster cluster)
    {
        (await cluster[0].GetGrain<IDirectoryGrain>(Id).Create(new CreateDirectory { Tenant = "t1", Name = "D" })).ShouldNotBeNull();
        return Log(cluster);
    }

    private static async Task Fill(GrainCluster cluster, IRequestLogGrain log, int batches, int each, RequestLogLimits? limits = null)
    {
        for (var i = 0; i < batches; i++)
        {
            (await log.Append(Large(cluster, i * each, each) with { Limits = limits ?? Roomy })).ShouldBeTrue();
        }
    }

    private static RequestBatch Large(GrainCluster cluster, int from, int count) => Batch([.. Enumerable.Range(from, count).Select(i =>
        Request(Now(cluster)) with { CorrelationId = $"{i}", RequestBody = Encoding.UTF8.GetBytes($"\"{new string('x', 2000)}\"") })]);

    private static RequestBatch Batch(params LoggedRequest[] requests) => new() { Requests = requests, Kept = true, Limits = Roomy };

    private static LoggedRequest Request(long at) => new() { At = at, Outcome = RequestOutcome.Succeeded, Status = 200, Method = "GET", Path = "/Users", ResourceType = "User" };

    private static long Now(GrainCluster cluster) => cluster.Clock.GetUtcNow().ToUnixTimeMilliseconds();
}
