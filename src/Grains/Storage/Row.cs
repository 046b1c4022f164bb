namespace Grains.Storage;

/// <summary>
/// A grain's row: what storage has confirmed, and the one way to change it. Keeps rules R1 to R3 of PROTOCOL: memory that storage
/// has not confirmed is never shown; after a failed write the activation is poisoned; an own write that was reported as failed is
/// recognised by its id. Writes of one row go one at a time, each computed from what the one before it left.
/// </summary>
/// <typeparam name="TState">An immutable state: it is replaced, never changed.</typeparam>
/// <param name="storage">The grain's persistent state.</param>
/// <param name="grain">The grain, which is deactivated when the row is poisoned.</param>
internal sealed class Row<TState>(IPersistentState<TState> storage, IGrainBase grain)
    where TState : class, IRowState<TState>, new()
{
    private const int MaxAttempts = 4;

    private readonly TurnGate gate = new();
    private bool poisoned;

    /// <summary>A write was reported as failed, and what stands is being read: until then nothing is answered.</summary>
    private bool rereading;

    /// <summary>What storage has confirmed.</summary>
    public TState Current { get; private set; } = new();

    /// <summary>What storage has confirmed, for a call that may only be answered from it.</summary>
    /// <exception cref="StorageUnavailableException">The activation is poisoned.</exception>
    public TState Serving => Poisoned ? throw new StorageUnavailableException() : Current;

    /// <summary>Whether there is a row.</summary>
    public bool Exists { get; private set; }

    /// <summary>After a failed write: the activation answers nothing but "try again" until it is gone.</summary>
    public bool Poisoned => poisoned || rereading;

    /// <summary>
    /// Nothing is known of what stands: not even the calls that are under way may go on. After a conflict, in contrast, what stands
    /// has been read, and they decide again from there.
    /// </summary>
    public bool Lost { get; private set; }

    /// <summary>Changes with every change of <see cref="Current"/>, so that a decision can be told from a stale one.</summary>
    public string? ETag => storage.Etag;

    /// <summary>Draws the id of a write, which no other write has.</summary>
    public static string NewWriteId() => WriteIds.Next();

    /// <summary>Takes over what the activation has read.</summary>
    public void Load() => Take();

    /// <summary>Writes what <paramref name="next"/> makes of the confirmed state; null writes nothing.</summary>
    /// <param name="next">The decision.</param>
    /// <param name="writeId">The id of the write, where something else already carries it; else one is drawn.</param>
    public async Task<WriteOutcome> Update(Func<TState, TState?> next, string? writeId = null)
    {
        await gate.Enter();
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
            gate.Leave();
        }
    }

    /// <summary>As <see cref="Update"/>, decided again where another's write came between; "nothing to do" is said of what stands.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not confirm.</exception>
    public async Task<WriteOutcome> Change(Func<TState, TState?> next)
    {
        _ = Serving;
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var decidedOn = ETag;
            var outcome = await Update(next);
            if (outcome == WriteOutcome.Unknown)
            {
                break;
            }

            if (outcome == WriteOutcome.Written || (outcome == WriteOutcome.Skipped && !await Refresh(decidedOn)))
            {
                return outcome;
            }
        }

        throw new StorageUnavailableException();
    }

    /// <summary>Reads the row again, before "nothing to do" is said of it (PROTOCOL R2).</summary>
    /// <param name="decidedOn">The <see cref="ETag"/> that the decision was made on.</param>
    /// <returns>True where another state stands than the decision was made on: it has to be made again.</returns>
    public async Task<bool> Refresh(string? decidedOn)
    {
        await gate.Enter();
        try
        {
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
            return storage.Etag != decidedOn;
        }
        finally
        {
            gate.Leave();
        }
    }

    /// <summary>Waits until no write is under way.</summary>
    public async Task Quiet()
    {
        await gate.Enter();
        gate.Leave();
    }

    /// <summary>Removes the row.</summary>
    public async Task<WriteOutcome> Clear()
    {
        await gate.Enter();
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
            gate.Leave();
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
        var before = storage.Etag;
        rereading = true;
        try
        {
            await storage.ReadStateAsync();
        }
        catch (Exception)
        {
            storage.State = Current;
            rereading = false;
            Lost = true;
            Poison();
            return WriteOutcome.Unknown;
        }

        Take();
        rereading = false;
        if (writeId is null ? !Exists : Current.WriteId == writeId)
        {
            return WriteOutcome.Written;
        }

        Poison();
        Lost = storage.Etag == before;
        return Lost ? WriteOutcome.Unknown : WriteOutcome.Conflict;
    }

    private void Take()
    {
        Exists = storage.RecordExists;
        Current = Exists ? storage.State : new TState();
    }

    /// <summary>Makes this activation refuse all further calls and go, so that the next one reads what stands.</summary>
    public void Poison()
    {
        poisoned = true;
        grain.DeactivateOnIdle();
    }
}
