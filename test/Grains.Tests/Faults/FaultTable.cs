using Grains.Abstractions.Indexes;
using Grains.Abstractions.Profiles;
using Grains.Abstractions.Resources;
using Grains.Directories;
using Grains.Indexes;

namespace Grains.Tests.Faults;

/// <summary>
/// Each scenario of PROTOCOL.md, with each kind of fault at each of its storage writes in turn; then what a client does, which is to
/// try again until it has an answer; then a restart; then what must hold whatever happened.
/// </summary>
public sealed class FaultTable
{
    private const int MostWrites = 80;

    public static TheoryData<string, FaultKind> Cases()
    {
        var cases = new TheoryData<string, FaultKind>();
        foreach (var scenario in Scenarios.All)
        {
            foreach (var fault in Enum.GetValues<FaultKind>())
            {
                if (fault != FaultKind.OutlastsTheCalls || EngineCluster.CallsTimeOutByTheClock)
                {
                    cases.Add(scenario.Name, fault);
                }
            }
        }

        return cases;
    }

    public static TheoryData<string, string> Rivalries()
    {
        var cases = new TheoryData<string, string>();
        foreach (var scenario in Scenarios.All)
        {
            foreach (var rival in scenario.Rivals)
            {
                cases.Add(scenario.Name, rival.Name);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task AnyWrite_Faulty_InvariantsHoldAfterARetry(string scenario, FaultKind fault)
    {
        var run = Scenarios.All.Single(s => s.Name == scenario);
        var silos = fault is FaultKind.TwinAnswersFirst or FaultKind.TwinAnswersBeforeItIsTold ? 2 : 1;
        await AtEachWrite(run, fault.ToString(), silos, async (directory, nth) =>
        {
            var (replies, happened) = await Faulty(directory, run, fault, nth);
            return (happened, async () =>
            {
                foreach (var reply in replies)
                {
                    await run.Check(directory, reply, happened ? fault : null);
                }
            });
        });
    }

    [Theory]
    [MemberData(nameof(Rivalries))]
    public async Task AnyWrite_HeldUntilARivalHasBeenAnswered_InvariantsHold(string scenario, string rival)
    {
        var run = Scenarios.All.Single(s => s.Name == scenario);
        var other = run.Rivals.Single(r => r.Name == rival);
        foreach (var fault in new[] { StorageFault.Hold, StorageFault.HoldAnswer })
        {
            await AtEachWrite(run, $"{fault}, {rival}", silos: 2, async (directory, nth) =>
            {
                var rule = OnWrite(directory, fault, nth);
                var (one, two) = await WithTwin(rule, () => Insist(directory, run), () => ReplyAssertions.Insist(() => other.Run(directory.At(1))));
                return (rule.Happened, () => two is null ? Task.CompletedTask : other.Check(directory, one, two));
            });
        }
    }

    /// <summary>Plays a scenario again and again, each time with another of its writes chosen, until there is no such write.</summary>
    private static async Task AtEachWrite(Scenario scenario, string what, int silos, Func<TestDirectory, int, Task<(bool Happened, Func<Task> Check)>> play)
    {
        for (var first = 1; first <= MostWrites; first += EngineCluster.AtOnce)
        {
            var happened = await Task.WhenAll(Enumerable.Range(first, EngineCluster.AtOnce).Select(nth => AtWrite(scenario, what, silos, nth, play)));
            (first > 1 || happened[0]).ShouldBeTrue("There is no write at all.");
            if (happened.Contains(false))
            {
                return;
            }
        }

        Assert.Fail($"More than {MostWrites} writes.");
    }

    /// <returns>Whether there is such a write.</returns>
    private static async Task<bool> AtWrite(Scenario scenario, string what, int silos, int nth, Func<TestDirectory, int, Task<(bool Happened, Func<Task> Check)>> play)
    {
        await using var cluster = await GrainCluster.Start(silos, inMemory: true);
        var directory = new TestDirectory(cluster, cluster.Directory.Context with { Rules = scenario.Rules });
        await Furnish(directory, scenario);
        var because = $"{scenario.Name}, {what}, write {nth}";

        bool happened;
        try
        {
            (happened, var check) = await play(directory, nth);
            cluster.Script.Forget();
            for (var silo = 0; silo < silos; silo++)
            {
                await cluster.Restart(silo);
            }

            if (!scenario.Removes)
            {
                await Invariants.Check(await directory.Now(), because);
            }

            await check();
            if (scenario.Removes)
            {
                (await cluster.Close()).ShouldBe([$"directory/{directory.Context.Id}"]);
            }
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{because}: {exception.Message}", exception);
        }

        return happened;
    }

    private static async Task Furnish(TestDirectory directory, Scenario scenario)
    {
        var context = directory.Context;
        await directory.Cluster.Store("directory", context.Id, new DirectoryState
        {
            Tenant = context.Tenant,
            Name = "A directory",
            Dialect = context.Dialect,
            HashKey = context.HashKey,
            UserIndexes = context.UserIndexes,
            GroupIndexes = context.GroupIndexes,
            ResourceTypes = context.ResourceTypes,
            Profile = new ProfileSettings { Name = "profile", Rules = scenario.Rules },
        });
        await Task.WhenAll(Enumerable.Range(0, 3).Select(i => directory.CreateUser($"u{i}", $"name{i}", $"e{i}").ShouldSucceed()));
        (await directory.Index().Claim(new IndexTerm(IndexNames.UserName, Scenarios.LeftBehind, Unique: true), Scenarios.NeverMade, version: 1, final: true))
            .ShouldBe(BucketStatus.Ok);
        await directory.CreateGroup("g0", "Staff", "u0", "u1").ShouldSucceed();
        await directory.CreateGroup("g1", "Other", "u0").ShouldSucceed();
        await scenario.Prepare(directory);
    }

    private static async Task<(List<ResourceReply> Replies, bool Happened)> Faulty(TestDirectory directory, Scenario scenario, FaultKind fault, int nth)
    {
        var rule = OnWrite(directory, StorageFaultOf(fault), nth);
        switch (fault)
        {
            case FaultKind.CrashBefore or FaultKind.CrashAfter:
                var (attempt, crashed) = (0, false);
                var trying = ReplyAssertions.Insist(() => crashed ? Task.FromResult(new ResourceReply()) : scenario.Run(directory, attempt++));
                if (await Task.WhenAny(trying, rule.Reached) != trying)
                {
                    // It is one client, who tries again when the server is there again: what was under way does not go on beside that.
                    crashed = true;
                    await directory.Cluster.Restart();
                    trying = Insist(directory, scenario, earlier: 10);
                }

                return ([await trying], rule.Happened);
            case FaultKind.TimesOutAndLandsAfterTheLook or FaultKind.TimesOutAndLandsBeforeTheNextWrite or FaultKind.TimesOutAndLandsAfterTheRetry:
                var reply = await Insist(directory, scenario);
                await rule.Land();
                return ([reply], rule.Happened);
            case FaultKind.OutlastsTheCalls:
                return ([await Outlast(directory, scenario, rule)], rule.Happened);
            case FaultKind.TwinAnswersFirst or FaultKind.TwinAnswersBeforeItIsTold:
                var (one, two) = await WithTwin(rule, () => Insist(directory, scenario), () => Insist(directory.At(1), scenario, earlier: 10));
                return (two is null ? [one] : [one, two], rule.Happened);
            default:
                return ([await Insist(directory, scenario)], rule.Happened);
        }
    }

    private static StorageFault StorageFaultOf(FaultKind fault) => fault switch
    {
        FaultKind.Fails => StorageFault.Fail,
        FaultKind.AppliedThenFails => StorageFault.ApplyThenFail,
        FaultKind.CrashBefore => StorageFault.CrashBefore,
        FaultKind.CrashAfter => StorageFault.CrashAfter,
        FaultKind.TimesOutAndLandsAfterTheLook => StorageFault.LateAfterRead,
        FaultKind.TimesOutAndLandsBeforeTheNextWrite => StorageFault.LateBeforeWrite,
        FaultKind.TimesOutAndLandsAfterTheRetry => StorageFault.Late,
        FaultKind.OutlastsTheCalls or FaultKind.TwinAnswersFirst => StorageFault.Hold,
        FaultKind.TwinAnswersBeforeItIsTold => StorageFault.HoldAnswer,
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    private static StorageRule OnWrite(TestDirectory directory, StorageFault fault, int nth) =>
        directory.Cluster.Script.On(fault, c => c.Silo == 0 && c.Verb != StorageVerb.Read, nth);

    /// <summary>What a client does that is told to try again.</summary>
    private static Task<ResourceReply> Insist(TestDirectory directory, Scenario scenario, int earlier = 0)
    {
        var attempt = earlier;
        return ReplyAssertions.Insist(() => scenario.Run(directory, attempt++));
    }

    private static async Task<(ResourceReply One, ResourceReply? Two)> WithTwin(StorageRule rule, Func<Task<ResourceReply>> one, Func<Task<ResourceReply>> two)
    {
        var held = one();
        ResourceReply? reply = null;
        if (await Task.WhenAny(held, rule.Reached) != held)
        {
            reply = await two();
            rule.Release();
        }

        return (await held, reply);
    }

    /// <summary>A request ends by its time-out; so may another, which comes in its place; then the write is done.</summary>
    private static async Task<ResourceReply> Outlast(TestDirectory directory, Scenario scenario, StorageRule rule)
    {
        var first = scenario.Run(directory, 0);
        if (await Task.WhenAny(first, rule.Reached) != first)
        {
            await directory.Cluster.PassTime(first);
            await directory.Cluster.PassTime(scenario.Run(directory, 1));
            rule.Release();
        }

        if (first.IsCompletedSuccessfully && (await first).Error?.Status != 503)
        {
            return await first;
        }

        try
        {
            return await Insist(directory, scenario, earlier: 2);
        }
        catch (TimeoutException)
        {
            // What timed out with those calls may be told a moment later, and then to whoever has joined it meanwhile.
            return await Insist(directory, scenario, earlier: 20);
        }
    }
}
