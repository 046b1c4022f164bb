namespace Grains.Embedded.Tests.Runtime;

public sealed class TimeoutsTests
{
    [Fact]
    public async Task Call_WithoutAnswer_FailsAfterTheResponseTimeoutAndNamesGrainAndMethod()
    {
        await using var host = await TestHost.StartAsync();
        var call = host.Silo.GetGrain<IActor>("a").Work("one");
        host.Clock.Advance(TimeSpan.FromSeconds(29));
        call.IsCompleted.ShouldBeFalse();
        host.Clock.Advance(TimeSpan.FromSeconds(2));
        (await Should.ThrowAsync<TimeoutException>(call)).Message.ShouldContain("actor/a IActor.Work");
    }

    [Fact]
    public async Task Call_WaitingBehindAnother_NamesBoth()
    {
        await using var host = await TestHost.StartAsync();
        var actor = host.Silo.GetGrain<IActor>("a");
        var first = actor.Work("one");
        var second = actor.Instance();
        host.Clock.Advance(TimeSpan.FromSeconds(31));
        (await Should.ThrowAsync<TimeoutException>(second)).Message.ShouldContain("actor/a IActor.Instance, waiting behind actor/a IActor.Work");
        await Should.ThrowAsync<TimeoutException>(first);
    }

    [Fact]
    public async Task Call_TimedOutWhileWaiting_NeverRuns()
    {
        await using var host = await TestHost.StartAsync();
        var actor = host.Silo.GetGrain<IActor>("a");
        var first = actor.Work("one");
        var second = actor.Work("two");
        host.Clock.Advance(TimeSpan.FromSeconds(31));
        await Should.ThrowAsync<TimeoutException>(second);
        host.Script.Open("one");
        await actor.Nothing();
        host.Script.Log.ShouldBe(["a activated", "one begins", "one ends"]);
        await Should.ThrowAsync<TimeoutException>(first);
    }

    [Fact]
    public async Task Chain_ThatWaitsOnItself_FailsAndNamesTheGrains()
    {
        await using var host = await TestHost.StartAsync();
        var call = host.Silo.GetGrain<IActor>("a").Chain(["b", "c", "a"]);
        host.Clock.Advance(TimeSpan.FromSeconds(6));
        (await Should.ThrowAsync<TimeoutException>(call)).Message.ShouldContain(
            "actor/a IActor.Chain -> actor/b IActor.Chain -> actor/c IActor.Chain -> actor/a IActor.Chain");
        (await host.Silo.GetGrain<IActor>("a").Chain(["b"])).ShouldBe("a b");
    }

    [Fact]
    public async Task Chain_OfOneGrainCallingItself_Fails()
    {
        await using var host = await TestHost.StartAsync();
        var call = host.Silo.GetGrain<IActor>("a").Chain(["a"]);
        host.Clock.Advance(TimeSpan.FromSeconds(6));
        (await Should.ThrowAsync<TimeoutException>(call)).Message.ShouldContain("Deadlock");
    }

    [Fact]
    public async Task Chain_CallingItselfWithoutWaiting_IsNoDeadlock()
    {
        await using var host = await TestHost.StartAsync();
        var actor = host.Silo.GetGrain<IActor>("a");
        host.Script.Open("later");
        await actor.StartSelf("later");
        await actor.Nothing();
        host.Script.Log.ShouldContain("later ends");
    }

    [Fact]
    public async Task Caller_AfterItsCalleeTimedOut_GoesOnToServe()
    {
        await using var host = await TestHost.StartAsync();
        var actor = host.Silo.GetGrain<IActor>("a");
        var call = actor.Hang("b");
        await host.Script.ReachedAsync("never");
        host.Clock.Advance(TimeSpan.FromSeconds(31));
        (await Should.ThrowAsync<TimeoutException>(call)).Message.ShouldContain("actor/");
        (await actor.Add(1, 2)).ShouldBe(3);
    }

    [Fact]
    public async Task ActivationReads_Hanging_TimeOutTheCall()
    {
        await using var host = await TestHost.StartAsync();
        var hold = new TaskCompletionSource();
        host.Storage.Before = _ => hold.Task;
        var call = host.Silo.GetGrain<ICounter>("a").Get();
        host.Clock.Advance(TimeSpan.FromSeconds(31));
        (await Should.ThrowAsync<TimeoutException>(call)).Message.ShouldContain("counter/a ICounter.Get");
        hold.SetResult();
        (await host.Silo.GetGrain<ICounter>("a").Get()).ShouldBe(0);
    }
}
