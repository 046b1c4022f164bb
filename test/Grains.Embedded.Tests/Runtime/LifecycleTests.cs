namespace Grains.Embedded.Tests.Runtime;

public sealed class LifecycleTests
{
    [Fact]
    public async Task Idle_ForTheCollectionAge_IsDeactivated()
    {
        await using var host = await TestHost.StartAsync();
        var actor = host.Silo.GetGrain<IActor>("a");
        var before = await actor.Instance();
        host.Clock.Advance(TimeSpan.FromMinutes(14));
        (await actor.Instance()).ShouldBe(before);
        host.Clock.Advance(TimeSpan.FromMinutes(17));
        (await actor.Instance()).ShouldNotBe(before);
        host.Script.Log.ShouldContain("a deactivated ActivationIdle");
    }

    [Fact]
    public async Task Idle_WithARunningRequest_IsNotDeactivated()
    {
        await using var host = await TestHost.StartAsync();
        var actor = host.Silo.GetGrain<IActor>("a");
        var busy = actor.Work("one");
        await host.Script.ReachedAsync("one");
        await host.Silo.CollectAsync(TimeSpan.Zero);
        host.Silo.ActivationCount.ShouldBe(1);
        host.Script.Open("one");
        await busy;
        await host.Silo.CollectAsync(TimeSpan.Zero);
        host.Silo.ActivationCount.ShouldBe(0);
    }

    [Fact]
    public async Task MaxActivations_WhenPassed_EndsThoseIdleForLongest()
    {
        await using var host = await TestHost.StartAsync(options => options.MaxActivations = 20);
        for (var i = 0; i < 60; i++)
        {
            await host.Silo.GetGrain<IActor>($"a{i}").Nothing();
            host.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await host.Silo.TrimAsync();
        host.Silo.ActivationCount.ShouldBeInRange(1, 20);
        host.Script.Log.ShouldContain("a0 deactivated HighMemoryPressure");
        host.Script.Log.ShouldNotContain("a59 deactivated HighMemoryPressure");
    }

    [Fact]
    public async Task DeactivateOnIdle_QueuedRequests_GoToANewActivation()
    {
        await using var host = await TestHost.StartAsync();
        var actor = host.Silo.GetGrain<IActor>("a");
        var before = await actor.Instance();
        var last = actor.Deactivate("last");
        var queued = actor.Instance();
        await host.Script.ReachedAsync("last");
        var late = actor.Instance();
        host.Script.Open("last");
        await last;
        (await queued).ShouldBeGreaterThan(before);
        (await late).ShouldBe(await queued);
        host.Script.Log.ShouldBe(["a activated", "last begins", "last ends", "a deactivated ApplicationRequested", "a activated"]);
    }

    [Fact]
    public async Task OnDeactivate_WhileItRuns_RequestsWaitForTheNextActivation()
    {
        await using var host = await TestHost.StartAsync();
        var actor = host.Silo.GetGrain<IActor>("a");
        var before = await actor.Instance();
        host.Script.Hold("end a");
        var collected = host.Silo.CollectAsync(TimeSpan.Zero);
        await host.Script.ReachedAsync("end a");
        var call = actor.Instance();
        call.IsCompleted.ShouldBeFalse();
        host.Script.Open("end a");
        (await call).ShouldNotBe(before);
        await collected;
    }

    [Fact]
    public async Task OnActivate_Failing_FailsTheWaitingCallsAndTheNextCallTriesAgain()
    {
        await using var host = await TestHost.StartAsync();
        host.Script.Faults["activate a"] = new FormatException("not today");
        var actor = host.Silo.GetGrain<IActor>("a");
        (await Should.ThrowAsync<FormatException>(actor.Instance())).Message.ShouldBe("not today");
        host.Silo.ActivationCount.ShouldBe(0);
        (await actor.Add(1, 2)).ShouldBe(3);
    }

    [Fact]
    public async Task StorageRead_FailingAtActivation_FailsTheCallAndTheNextOneTriesAgain()
    {
        await using var host = await TestHost.StartAsync();
        host.Storage.Before = _ => throw new FormatException("no storage");
        var counter = host.Silo.GetGrain<ICounter>("a");
        var failure = await Should.ThrowAsync<OrleansException>(counter.Get());
        failure.InnerException.ShouldBeOfType<FormatException>();
        host.Storage.Before = _ => Task.CompletedTask;
        (await counter.Get()).ShouldBe(0);
    }

    [Fact]
    public async Task Timer_OfAnEndedActivation_TicksNoMore()
    {
        await using var host = await TestHost.StartAsync();
        await host.Silo.GetGrain<IActor>("a").StartTimer(TimeSpan.FromSeconds(1), interleave: false);
        await host.Silo.CollectAsync(TimeSpan.Zero);
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        host.Script.Log.ShouldBe(["a activated", "a deactivated ActivationIdle"]);
    }

    [Fact]
    public async Task Stop_WithRunningRequests_WaitsForThemThenDeactivates()
    {
        await using var host = await TestHost.StartAsync();
        var actor = host.Silo.GetGrain<IActor>("a");
        var running = actor.Work("one");
        await host.Script.ReachedAsync("one");
        var stop = host.Silo.StopAsync(CancellationToken.None);
        stop.IsCompleted.ShouldBeFalse();
        (await Should.ThrowAsync<OrleansException>(actor.Nothing().AsTask())).Message.ShouldContain("stopped");
        host.Script.Open("one");
        await running;
        await stop;
        host.Script.Log.ShouldBe(["a activated", "one begins", "one ends", "a deactivated ShuttingDown"]);
        host.Silo.ActivationCount.ShouldBe(0);
        await Should.ThrowAsync<OrleansException>(actor.Nothing().AsTask());
    }

    [Fact]
    public async Task Stop_RequestThatNeverEnds_IsLeftAfterTheStopTimeoutAndItsCallerIsTold()
    {
        await using var host = await TestHost.StartAsync(options => options.StopTimeout = TimeSpan.FromSeconds(10));
        var running = host.Silo.GetGrain<IActor>("a").Work("one");
        await host.Script.ReachedAsync("one");
        var stop = host.Silo.StopAsync(CancellationToken.None);
        host.Clock.Advance(TimeSpan.FromSeconds(11));
        await stop;
        await Should.ThrowAsync<OrleansException>(running);
    }

    [Fact]
    public async Task Stop_RunningRequestsCallingOthers_AreServed()
    {
        await using var host = await TestHost.StartAsync();
        var running = host.Silo.GetGrain<IActor>("a").WorkThenChain("one", ["b", "c"]);
        await host.Script.ReachedAsync("one");
        var stop = host.Silo.StopAsync(CancellationToken.None);
        host.Script.Open("one");
        (await running).ShouldBe("a b c");
        await stop;
    }
}
