namespace Grains.Tests;

/// <summary>The storage as one silo sees it: every operation is counted, and fails, waits or is the last one, as the script says.</summary>
internal sealed class ScriptedStorage(int silo, IGrainStorage inner, StorageScript script) : IGrainStorage
{
    /// <summary>The silo's process has ended: nothing more of what it asks reaches storage, and nothing is told to it.</summary>
    public bool Crashed { get; set; }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Do(StorageVerb.Read, stateName, grainId, grainState, () => inner.ReadStateAsync(stateName, grainId, grainState));

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Do(StorageVerb.Write, stateName, grainId, grainState, () => inner.WriteStateAsync(stateName, grainId, grainState));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Do(StorageVerb.Clear, stateName, grainId, grainState, () => inner.ClearStateAsync(stateName, grainId, grainState));

    private async Task Do<T>(StorageVerb verb, string stateName, GrainId grainId, IGrainState<T> grainState, Func<Task> operation)
    {
        await UnlessCrashed();
        var rule = script.Enter(new StorageCall(silo, verb, stateName, grainId.Key.ToString()!));
        switch (rule?.Fault)
        {
            case StorageFault.Fail:
                throw new IOException($"The script fails the {verb} of {grainId}.");
            case StorageFault.CrashBefore:
                Crashed = true;
                rule.Reach();
                break;
            case StorageFault.Hold:
                rule.Reach();
                await rule.Released;
                break;
        }

        await UnlessCrashed();
        var (etag, exists) = (grainState.ETag, grainState.RecordExists);
        await operation();
        switch (rule?.Fault)
        {
            case StorageFault.ApplyThenFail:
                (grainState.ETag, grainState.RecordExists) = (etag!, exists);
                throw new IOException($"The script loses the answer to the {verb} of {grainId}.");
            case StorageFault.CrashAfter:
                Crashed = true;
                rule.Reach();
                break;
            case StorageFault.HoldAnswer:
                rule.Reach();
                await rule.Released;
                break;
        }

        await UnlessCrashed();
    }

    private Task UnlessCrashed() => Crashed ? new TaskCompletionSource().Task : Task.CompletedTask;
}
