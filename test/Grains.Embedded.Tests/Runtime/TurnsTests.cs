namespace Grains.Embedded.Tests.Runtime;

public sealed class TurnsTests
{
    [Fact]
    public async Task Call_WhileAnotherWaits_WaitsForItsEnd()
    {
        await using var host = await TestHost.StartAsync();
        var actor = host.Silo.GetGrain<IActor>("a");
        var first = actor.Work("one");
        var second = actor.Work("two");
        await host.Script.ReachedAsync("one");
        host.Script.Open("two");
        host.Script.Open("one");
        await Task.WhenAll(first, second);
        host.Script.Log.ShouldBe(["a activated", "one begins", "one ends", "two begins", "two ends"]);
    }

    [Fact]
    public async Task Call_ReentrantClass_RunsBetween()
    {
        await using var host = await TestHost.StartAsync();
        var actor = host.Silo.GetGrain<IReentrantActor>("a");
        var first = actor.Work("one");
        host.Script.Open("two");
        await actor.Work("two");
        first.IsCompleted.ShouldBeFalse();
        host.Script.Open("one");
        await first;
        host.Script.Log.ShouldBe(["a activated", "one begins", "two begins", "two ends", "one ends"]);
    }

    [Fact]
    public async Task Call_AlwaysInterleave_RunsBetween()
    {
        await using var host = await TestHost.StartAsync();
        var actor = host.Silo.GetGrain<IActor>("a");
        var first = actor.Work("one");
        host.Script.Open("two");
        await actor.Interleave("two");
        first.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Call_ReadOnly_RunsBetweenReadOnlyOnesAlone()
    {
        await using var host = await TestHost.StartAsync();
        var actor = host.Silo.GetGrain<IActor>("a");
        var look = actor.Look("one");
        var work = actor.Work("two");
        host.Script.Open("two");
        host.Script.Open("three");
        await actor.Look("three");
        work.IsCompleted.ShouldBeFalse();
        host.Script.Open("one");
        await Task.WhenAll(look, work);

        var blocking = actor.Work("four");
        var behind = actor.Look("five");
        await host.Script.ReachedAsync("four");
        host.Script.Log.ShouldNotContain("five begins");
        host.Script.Open("five");
        host.Script.Open("four");
        await Task.WhenAll(blocking, behind);
    }

    [Fact]
    public async Task Call_IdleActivation_RunsOnTheCallersThread()
    {
        await using var host = await TestHost.StartAsync();
        var actor = host.Silo.GetGrain<IActor>("a");
        await actor.Nothing();
        actor.Add(1, 2).IsCompletedSuccessfully.ShouldBeTrue();
        actor.Echo("x").IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task Result_OfACallThatEndsWithinACallersCode_IsToldThoughThatCodeGoesOn()
    {
        await using var host = await TestHost.StartAsync();
        var reentrant = host.Silo.GetGrain<IReentrantActor>("a");
        var actor = host.Silo.GetGrain<IActor>("b");
        for (var i = 0; i < 20; i++)
        {
            var gate = $"gate {i}";
            var caller = Task.Run(async () =>
            {
                var waiting = reentrant.WaitForSignal();
                await actor.Work(gate);
                // On the thread that told the end of the work: it does not leave this code until the waiting is told, too.
                await reentrant.Signal();
                return ((IAsyncResult)waiting).AsyncWaitHandle.WaitOne(TimeSpan.FromSeconds(5));
            });
            await host.Script.ReachedAsync(gate);
            host.Script.Open(gate);
            (await caller).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Await_OfGatesGrainsAndYields_StaysInTheRequestsContext()
    {
        await using var host = await TestHost.StartAsync();
        host.Script.Open("scheduler");
        (await host.Silo.GetGrain<IActor>("a").InOwnContext()).ShouldBeTrue();
    }

    [Fact]
    public async Task Interleaved_ManyContinuations_NeverRunInParallel()
    {
        await using var host = await TestHost.StartAsync();
        var counter = host.Silo.GetGrain<ICounter>("a");
        const int Calls = 200;
        const int Steps = 20;
        await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => Task.Run(() => counter.Spin(Steps))));
        (await counter.Spun()).ShouldBe(Calls * Steps);
        (await counter.Overlaps()).ShouldBe(0);
    }

    [Fact]
    public async Task Call_ChainOfThousands_DoesNotOverflowTheStack()
    {
        await using var host = await TestHost.StartAsync();
        string[] path = [.. Enumerable.Range(0, 3000).Select(i => $"{i}")];
        (await host.Silo.GetGrain<IActor>("a").Chain(path)).ShouldBe($"a {string.Join(' ', path)}");
    }

    [Fact]
    public async Task OneWay_CallerDoesNotWait()
    {
        await using var host = await TestHost.StartAsync();
        var actor = host.Silo.GetGrain<IActor>("a");
        await actor.Forget("one");
        await host.Script.ReachedAsync("one");
        host.Script.Open("one");
        await actor.Nothing();
        host.Script.Log.ShouldContain("one ends");
    }

    [Fact]
    public async Task Throw_InGrain_ReachesTheCallerAsItIs()
    {
        await using var host = await TestHost.StartAsync();
        var call = host.Silo.GetGrain<IActor>("a").Throw("no");
        (await Should.ThrowAsync<FormatException>(call)).Message.ShouldBe("no");
    }

    [Fact]
    public async Task Reference_HandedOut_IsTheSameGrain()
    {
        await using var host = await TestHost.StartAsync();
        var actor = host.Silo.GetGrain<IActor>("a");
        var self = await actor.Self();
        (await self.IsSame(actor)).ShouldBeTrue();
        self.ShouldBe(actor);
        self.GetPrimaryKeyString().ShouldBe("a");
        self.GetGrainId().ToString().ShouldBe("actor/a");
    }

    [Fact]
    public async Task StatelessWorker_BusyOnes_MakeMoreUpToTheLimit()
    {
        await using var host = await TestHost.StartAsync();
        var worker = host.Silo.GetGrain<IWorker>("a");
        var first = worker.Work("one");
        var second = worker.Work("two");
        await host.Script.ReachedAsync("one");
        await host.Script.ReachedAsync("two");
        host.Silo.ActivationCount.ShouldBe(2);
        var third = worker.Work("three");
        host.Silo.ActivationCount.ShouldBe(2);
        host.Script.OpenAll();
        await Task.WhenAll(first, second, third);
    }

    [Fact]
    public async Task Timer_Ticks_AreRequestsOfTheGrain()
    {
        await using var host = await TestHost.StartAsync();
        var actor = host.Silo.GetGrain<IActor>("a");
        await actor.StartTimer(TimeSpan.FromSeconds(1), interleave: false);
        var busy = actor.Work("busy");
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        host.Script.Log.ShouldNotContain("tick 1 begins");
        host.Script.Open("busy");
        await busy;
        await host.Script.ReachedAsync("tick 1");
        host.Script.Open("tick 1");
        await actor.Nothing();
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await host.Script.ReachedAsync("tick 2");
    }

    [Fact]
    public async Task Timer_Interleaving_TicksBetweenAwaits()
    {
        await using var host = await TestHost.StartAsync();
        var actor = host.Silo.GetGrain<IActor>("a");
        await actor.StartTimer(TimeSpan.FromSeconds(1), interleave: true);
        var busy = actor.Work("busy");
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await host.Script.ReachedAsync("tick 1");
        busy.IsCompleted.ShouldBeFalse();
    }
}
