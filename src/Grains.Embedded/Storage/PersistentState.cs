namespace Grains.Embedded;

/// <summary>
/// A state of one activation. As in Orleans 10.0, an operation goes to the storage at once; here, one that is begun while another is under way
/// fails, where it would race with it there.
/// </summary>
internal sealed class PersistentState<TState>(Activation activation, string name, IGrainStorage storage) : IPersistentState<TState>, IActivationState
{
    private readonly GrainState<TState> _state = new(NewState<TState>.Create());
    private bool _isBusy;
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

    public Task ReadStateAsync() => DoAsync(Kind.Read);

    public Task WriteStateAsync() => DoAsync(Kind.Write);

    public Task ClearStateAsync() => DoAsync(Kind.Clear);

    // In turns of the activation: no lock is needed.
    private async Task DoAsync(Kind kind)
    {
        activation.CheckAccess();
        if (_isBusy)
        {
            throw new InvalidOperationException(
                $"{activation.GrainId}: {kind} of the state '{name}' began while another operation on it was under way.");
        }

        _isBusy = true;
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
        finally
        {
            _isBusy = false;
        }
    }
}
