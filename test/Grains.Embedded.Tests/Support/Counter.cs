namespace Grains.Embedded.Tests;

[GenerateSerializer]
internal sealed class CounterState
{
    [Id(0)]
    public int Value { get; set; }
}

[Alias("test.ICounter")]
internal interface ICounter : IGrainWithStringKey
{
    /// <summary>Adds and writes; answers what is now in memory.</summary>
    Task<int> Add(int by);

    /// <summary>As Add, but an exception of the write is caught; answers whether there was none.</summary>
    Task<bool> TryAdd(int by);

    [AlwaysInterleave]
    Task<int> Get();

    Task<int> Reread();

    Task Clear();

    Task<string?> ETag();

    [AlwaysInterleave]
    Task AddTogether(int by);

    [AlwaysInterleave]
    Task<int> RereadTogether();

    Task<string> TouchFromPool();

    [AlwaysInterleave]
    Task Spin(int steps);

    Task<int> Spun();

    Task<int> Overlaps();
}

[GrainType("counter")]
internal sealed class Counter([PersistentState("value", "Default")] IPersistentState<CounterState> state) : Grain, ICounter
{
    private int _activated = -1;
    private int _spun;
    private int _inTurn;
    private int _overlaps;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _activated = state.State.Value;
        return Task.CompletedTask;
    }

    public async Task<int> Add(int by)
    {
        state.State.Value += by;
        await state.WriteStateAsync();
        return state.State.Value;
    }

    public async Task<bool> TryAdd(int by)
    {
        try
        {
            await Add(by);
            return true;
        }
        catch (OrleansException)
        {
            return false;
        }
    }

    public Task<int> Get() => Task.FromResult(_activated < 0 ? -1 : state.State.Value);

    public async Task<int> Reread()
    {
        await state.ReadStateAsync();
        return state.State.Value;
    }

    public Task Clear() => state.ClearStateAsync();

    public Task<string?> ETag() => Task.FromResult(state.Etag);

    public async Task AddTogether(int by)
    {
        state.State.Value += by;
        await state.WriteStateAsync();
    }

    public Task<int> RereadTogether() => Reread();

    public async Task<string> TouchFromPool()
    {
        try
        {
            await Task.Run(() => state.State.Value);
            return "";
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message;
        }
    }

    public async Task Spin(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            _overlaps += Interlocked.Increment(ref _inTurn) == 1 ? 0 : 1;
            var spun = _spun;
            Thread.SpinWait(20);
            _spun = spun + 1;
            Interlocked.Decrement(ref _inTurn);
            await Task.Yield();
        }
    }

    public Task<int> Spun() => Task.FromResult(_spun);

    public Task<int> Overlaps() => Task.FromResult(_overlaps);
}
