namespace Grains.Tests;

/// <summary>The storage as one silo sees it: every operation is counted, and fails, waits or is the last one, as the script says.</summary>
/// <param name="silo">The silo's number.</param>
/// <param name="inner">The storage that all silos share.</param>
/// <param name="script">What happens.</param>
/// <param name="directory">The directory that the test is about: nothing of another test's is done, whose caller has not noticed yet that its silo has crashed. Null for any.</param>
internal sealed class ScriptedStorage(int silo, IGrainStorage inner, StorageScript script, string? directory = null) : IGrainStorage
{
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The silo's process has ended: nothing more of what it asks reaches storage, and nothing is told to it.</summary>
    public bool Crashed { get; set; }

    /// <summary>The test is over: what waits for a crashed process fails, so that the silo can be had by another test.</summary>
    public void End()
    {
        Crashed = true;
        script.ReleaseAll();
        ended.TrySetException(new IOException("The test is over."));
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Do(StorageVerb.Read, stateName, grainId, grainState);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Do(StorageVerb.Write, stateName, grainId, grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Do(StorageVerb.Clear, stateName, grainId, grainState);

    private async Task Do<T>(StorageVerb verb, string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await UnlessCrashed();
        var call = new StorageCall(silo, verb, stateName, grainId.Key.ToString()!);
        if (directory is not null && call.Key.StartsWith(GrainCluster.DirectoryPrefix, StringComparison.Ordinal) && call.Key.Split('.')[0] != directory)
        {
            throw new IOException($"{call.Key} is of a test that is over.");
        }

        if (verb != StorageVerb.Read)
        {
            await script.Land(call, StorageFault.LateBeforeWrite);
        }

        var rule = script.Enter(call);
        switch (rule?.Fault)
        {
            case StorageFault.Fail:
                throw new IOException($"The script fails the {verb} of {grainId}.");
            case StorageFault.LateAfterRead or StorageFault.LateBeforeWrite or StorageFault.Late:
                var sent = new GrainState<T>(grainState.State!) { ETag = grainState.ETag!, RecordExists = grainState.RecordExists };
                rule.Depart(call, () => Apply(verb, stateName, grainId, sent));
                throw new TimeoutException($"The script lets the {verb} of {grainId} take longer than its caller waits.");
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
        await Apply(verb, stateName, grainId, grainState);
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

        if (verb == StorageVerb.Read)
        {
            await script.Land(call, StorageFault.LateAfterRead);
        }

        await UnlessCrashed();
    }

    private async Task Apply<T>(StorageVerb verb, string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        // What the grain may have put there since is not what was sent.
        var sent = grainState.State;
        switch (verb)
        {
            case StorageVerb.Read:
                await inner.ReadStateAsync(stateName, grainId, grainState);
                break;
            case StorageVerb.Write:
                await inner.WriteStateAsync(stateName, grainId, grainState);
                script.Ledger.Stood(grainId, sent);
                break;
            default:
                await inner.ClearStateAsync(stateName, grainId, grainState);
                break;
        }
    }

    private Task UnlessCrashed() => Crashed ? ended.Task : Task.CompletedTask;
}
