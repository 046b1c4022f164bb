namespace Api.Tests.Hosting;

/// <summary>How storage fails.</summary>
internal enum StorageFault
{
    None,

    /// <summary>Reads and writes fail, and do nothing.</summary>
    Away,

    /// <summary>Writes fail, and do nothing.</summary>
    WritesRefused,

    /// <summary>Writes are done, but the answer to them is lost.</summary>
    AnswersLost,
}

/// <summary>Storage that fails when a test says so.</summary>
internal sealed class FaultyStorage(IGrainStorage inner, FaultSwitch faults) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        faults.Fault == StorageFault.Away ? throw new IOException("Storage is away.") : inner.ReadStateAsync(stateName, grainId, grainState);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Change(() => inner.WriteStateAsync(stateName, grainId, grainState), grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Change(() => inner.ClearStateAsync(stateName, grainId, grainState), grainState);

    private async Task Change<T>(Func<Task> change, IGrainState<T> grainState)
    {
        if (faults.Fault is StorageFault.Away or StorageFault.WritesRefused || faults.Flaky())
        {
            throw new IOException("Storage refused the write.");
        }

        var (etag, exists) = (grainState.ETag, grainState.RecordExists);
        await change();
        if (faults.Fault == StorageFault.AnswersLost)
        {
            (grainState.ETag, grainState.RecordExists) = (etag, exists);
            throw new IOException("The answer was lost.");
        }
    }
}

/// <summary>Says how storage fails just now.</summary>
internal sealed class FaultSwitch
{
    private volatile StorageFault fault;
    private volatile int oneIn;
    private int changes;

    public StorageFault Fault
    {
        get => fault;
        set => fault = value;
    }

    /// <summary>Above 0: one change of so many fails.</summary>
    public int OneIn
    {
        get => oneIn;
        set => oneIn = value;
    }

    public bool Flaky() => oneIn > 0 && Interlocked.Increment(ref changes) % oneIn == 0;
}
