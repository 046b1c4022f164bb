namespace Grains.Embedded.Tests.Storage;

public sealed class StatesTests
{
    [Fact]
    public async Task State_IsReadBeforeOnActivate()
    {
        await using var host = await TestHost.StartAsync();
        var counter = host.Silo.GetGrain<ICounter>("a");
        await counter.Add(5);
        await host.Silo.CollectAsync(TimeSpan.Zero);
        (await counter.Get()).ShouldBe(5);
    }

    [Fact]
    public async Task Write_StaleInATwin_ThrowsAndEndsThatActivation()
    {
        await using var host = await TestHost.StartAsync();
        var other = await host.AddSiloAsync();
        var here = host.Silo.GetGrain<ICounter>("a");
        var there = other.GetGrain<ICounter>("a");
        await here.Add(1);
        (await there.Get()).ShouldBe(1);
        await here.Add(1);
        var failure = await Should.ThrowAsync<InconsistentStateException>(there.Add(10));
        failure.StoredEtag.ShouldBe(await here.ETag());
        failure.CurrentEtag.ShouldNotBe(failure.StoredEtag);
        (await there.Get()).ShouldBe(2);
        (await here.Add(1)).ShouldBe(3);
    }

    [Fact]
    public async Task Clear_StaleInATwin_Throws()
    {
        await using var host = await TestHost.StartAsync();
        var other = await host.AddSiloAsync();
        await host.Silo.GetGrain<ICounter>("a").Add(1);
        await other.GetGrain<ICounter>("a").Get();
        await host.Silo.GetGrain<ICounter>("a").Add(1);
        await Should.ThrowAsync<InconsistentStateException>(other.GetGrain<ICounter>("a").Clear());
    }

    [Fact]
    public async Task Write_FailedAndCaught_LeavesTheChangedStateInMemory()
    {
        await using var host = await TestHost.StartAsync();
        var counter = host.Silo.GetGrain<ICounter>("a");
        await counter.Add(1);
        host.Storage.Before = _ => throw new IOException("down");
        (await counter.TryAdd(5)).ShouldBeFalse();
        host.Storage.Before = _ => Task.CompletedTask;
        (await counter.Get()).ShouldBe(6);
        (await counter.Reread()).ShouldBe(1);
    }

    [Fact]
    public async Task Write_FailedAndUncaughtButNotStale_KeepsTheActivation()
    {
        await using var host = await TestHost.StartAsync();
        var counter = host.Silo.GetGrain<ICounter>("a");
        await counter.Add(1);
        host.Storage.Before = _ => throw new IOException("down");
        await Should.ThrowAsync<OrleansException>(counter.Add(5));
        (await counter.Get()).ShouldBe(6);
    }

    [Fact]
    public async Task Writes_Overlapping_FailTheLaterOne()
    {
        await using var host = await TestHost.StartAsync();
        var counter = host.Silo.GetGrain<ICounter>("a");
        await counter.Get();
        var held = new TaskCompletionSource();
        host.Storage.Before = _ => held.Task;
        var first = counter.AddTogether(1);
        await Should.ThrowAsync<InvalidOperationException>(counter.AddTogether(1));
        held.SetResult();
        await first;
        (await counter.Get()).ShouldBe(2);
        host.Storage.Operations.ShouldBe(["read", "write"]);
    }

    [Fact]
    public async Task Clear_ThenAdd_IsANewRow()
    {
        await using var host = await TestHost.StartAsync();
        var counter = host.Silo.GetGrain<ICounter>("a");
        await counter.Add(7);
        var before = await counter.ETag();
        await counter.Clear();
        (await counter.Get()).ShouldBe(0);
        (await counter.ETag()).ShouldBeNull();
        (await counter.Add(1)).ShouldBe(1);
        (await counter.ETag()).ShouldNotBe(before);
    }

    [Fact]
    public async Task State_TouchedOffTheScheduler_Throws()
    {
        await using var host = await TestHost.StartAsync();
        (await host.Silo.GetGrain<ICounter>("a").TouchFromPool()).ShouldContain("Activation access violation");
    }
}
