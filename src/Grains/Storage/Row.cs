namespace Grains.Storage;

/// <summary>
/// A grain's row: what storage has confirmed, and the one way to change it. Keeps rules R1 to R3 of PROTOCOL: memory that storage
/// has not confirmed is never shown; after a failed write the activation is poisoned; an own write that was reported as failed is
/// recognised by its id. Writes of one row go one at a time, each computed from what the one before it left.
/// </summary>
/// <typeparam name="TState">An immutable state: it is replaced, never changed.</typeparam>
/// <param name="storage">The grain's persistent state.</param>
/// <param name="poison">Deactivates the grain.</param>
internal sealed class Row<TState>(IPersistentState<TState> storage, Action poison)
    where TState : class, IRowState<TState>, new()
{
    private const int MaxAttempts = 4;

    private readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>What storage has confirmed.</summary>
    public TState Current { get; private set; } = new();

    /// <summary>What storage has confirmed, for a call that may only be answered from it.</summary>
    /// <exception cref="StorageUnavailableException">The activation is poisoned.</exception>
    public TState Serving => Poisoned ? throw new StorageUnavailableException() : Current;

    /// <summary>Whether there is a row.</summary>
    public bool Exists { get; private set; }

    /// <summary>After a failed write: the activation answers nothing but "try again" until it is gone.</summary>
    public bool Poisoned { get; private set; }

    /// <summary>Changes with every change of <see cref="Current"/>, so that a decision can be told from a stale one.</summary>
    public string? ETag => storage.Etag;

    /// <summary>Draws the id of a write.</summary>
    public static string NewWriteId() => Guid.NewGuid().ToString("N");

    /// <summary>Takes over what the activation has read.</summary>
    public void Load() => Take();

    /// <summary>Writes what <paramref name="next"/> makes of the confirmed state; null writes nothing.</summary>
    /// <param name="next">The decision.</param>
    /// <param name="writeId">The id of the write, where something else already carries it; else one is drawn.</param>
    public async Task<WriteOutcome> Update(Func<TState, TState?> next, string? writeId = null)
    {
        await gate.WaitAsync();
        try
        {
            var state = next(Current);
            if (state is null)
            {
                return WriteOutcome.Skipped;
            }

            return await Write(state.WithWriteId(writeId ?? NewWriteId()));
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>As <see cref="Update"/>, decided again where another's write came between; "nothing to do" is said of what stands.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not confirm.</exception>
    public async Task<WriteOutcome> Change(Func<TState, TState?> next)
    {
        _ = Serving;
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var outcome = await Update(next);
            if (outcome == WriteOutcome.Unknown)
            {
                break;
            }

            if (outcome == WriteOutcome.Written || (outcome == WriteOutcome.Skipped && !await Refresh()))
            {
                return outcome;
            }
        }

        throw new StorageUnavailableException();
    }

    /// <summary>Reads the row again.</summary>
    /// <returns>True where it had changed.</returns>
    public async Task<bool> Refresh()
    {
        await gate.WaitAsync();
        try
        {
            var before = storage.Etag;
            try
            {
                await storage.ReadStateAsync();
            }
            catch
            {
                Poison();
                throw;
            }

            Take();
            return storage.Etag != before;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Waits until no write is under way.</summary>
    public async Task Quiet()
    {
        await gate.WaitAsync();
        gate.Release();
    }

    /// <summary>Removes the row.</summary>
    public async Task<WriteOutcome> Clear()
    {
        await gate.WaitAsync();
        try
        {
            if (!Exists)
            {
                return WriteOutcome.Skipped;
            }

            try
            {
                await storage.ClearStateAsync();
                Current = new();
                Exists = false;
                return WriteOutcome.Written;
            }
            catch (Exception)
            {
                return await ReRead(writeId: null);
            }
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<WriteOutcome> Write(TState state)
    {
        storage.State = state;
        try
        {
            await storage.WriteStateAsync();
            Current = state;
            Exists = true;
            return WriteOutcome.Written;
        }
        catch (Exception)
        {
            // Whatever the exception says, the write may have been applied: only the row itself can tell.
            return await ReRead(state.WriteId);
        }
    }

    private async Task<WriteOutcome> ReRead(string? writeId)
    {
        var wasPoisoned = Poisoned;
        var before = storage.Etag;
        Poison();
        try
        {
            await storage.ReadStateAsync();
        }
        catch (Exception)
        {
            storage.State = Current;
            return WriteOutcome.Unknown;
        }

        Take();
        if (writeId is null ? !Exists : Current.WriteId == writeId)
        {
            Poisoned = wasPoisoned;
            return WriteOutcome.Written;
        }

        return storage.Etag != before ? WriteOutcome.Conflict : WriteOutcome.Unknown;
    }

    private void Take()
    {
        Exists = storage.RecordExists;
        Current = Exists ? storage.State : new TState();
    }

    /// <summary>Makes this activation refuse all further calls and go, so that the next one reads what stands.</summary>
    public void Poison()
    {
        Poisoned = true;
        poison();
    }
}
