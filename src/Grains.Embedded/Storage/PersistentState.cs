namespace Grains.Embedded;

/// <summary>
/// A state of one activation. Its operations on the storage are queued, as in Orleans' <c>StateStorageBridge</c>: writes asked for while one
/// waits become that one; a read behind an operation that succeeds is skipped, for that one left the state as it is stored; and a clear behind a
/// clear too. What fails fails its own callers only.
/// </summary>
internal sealed class PersistentState<TState>(Activation activation, string name, IGrainStorage storage) : IPersistentState<TState>, IActivationState
{
    private readonly GrainState<TState> _state = new(NewState<TState>.Create());
    private Operation? _last;
    private bool _isRead;

    private enum Kind
    {
        Read,
        Write,
        Clear,
    }

    public TState State
    {
        get
        {
            activation.CheckAccess();
            return _state.State!;
        }

        set
        {
            activation.CheckAccess();
            _state.State = value;
        }
    }

    public string? Etag => _state.ETag;

    public bool RecordExists => _isRead ? _state.RecordExists : throw new InvalidOperationException("State has not yet been loaded");

    public static IActivationState Create(Activation activation, string name, IGrainStorage storage) => new PersistentState<TState>(activation, name, storage);

    public Task ReadStateAsync() => Enqueue(Kind.Read);

    public Task WriteStateAsync() => Enqueue(Kind.Write);

    public Task ClearStateAsync() => Enqueue(Kind.Clear);

    private Task Enqueue(Kind kind)
    {
        activation.CheckAccess();
        if (_last is not null && activation.Silo.Options.ForbidOverlappingStorage)
        {
            return Task.FromException(new InvalidOperationException(
                $"{activation.GrainId}: {kind} of the state '{name}' began while another operation on it was under way."));
        }

        if (kind != Kind.Read && _last is { HasBegun: false } waiting && waiting.Kind == kind)
        {
            return waiting.Completion;
        }

        var before = _last;
        var operation = _last = new Operation(kind);
        return operation.Completion = RunAsync(operation, before);
    }

    // All of it in turns of the activation: no lock is needed.
    private async Task RunAsync(Operation operation, Operation? before)
    {
        // Begins after the turn that asked, so that several writes of one turn are one.
        await Task.Yield();
        try
        {
            var isDone = false;
            if (before is not null)
            {
                await before.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
                isDone = before.Completion.IsCompletedSuccessfully && (operation.Kind == Kind.Read || (operation.Kind == Kind.Clear && before.Kind == Kind.Clear));
            }

            operation.HasBegun = true;
            if (!isDone)
            {
                await DoAsync(operation.Kind);
            }
        }
        finally
        {
            if (ReferenceEquals(_last, operation))
            {
                _last = null;
            }
        }
    }

    private async Task DoAsync(Kind kind)
    {
        try
        {
            switch (kind)
            {
                case Kind.Read:
                    await storage.ReadStateAsync(name, activation.GrainId, _state);
                    _isRead = true;
                    break;
                case Kind.Write:
                    await storage.WriteStateAsync(name, activation.GrainId, _state);
                    break;
                default:
                    await storage.ClearStateAsync(name, activation.GrainId, _state);
                    break;
            }
        }
        catch (Exception exception) when (exception is not OrleansException)
        {
            throw new OrleansException(
                $"Error from storage {storage.GetType().Name} during {kind} of the state '{name}' of {activation.GrainId}: {exception.Message}", exception);
        }
    }

    private sealed class Operation(Kind kind)
    {
        public Kind Kind => kind;

        public bool HasBegun { get; set; }

        public Task Completion { get; set; } = Task.CompletedTask;
    }
}
