namespace Grains.Embedded;

internal sealed class Activation : IGrainContext
{
    public static Activation? UnderConstruction => null;
    public GrainId GrainId => default;
    public EmbeddedSilo Silo => throw new NotSupportedException("Not built yet.");
    public object? GrainInstance => throw new NotSupportedException("Not built yet.");

    public IServiceProvider ActivationServices => throw new NotSupportedException("Not built yet.");

    public Task Deactivated => throw new NotSupportedException("Not built yet.");

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default) => throw new NotSupportedException("Not built yet.");
    public void DelayDeactivation(TimeSpan timeSpan) => throw new NotSupportedException("Not built yet.");
    public IGrainTimer RegisterTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options) => throw new NotSupportedException("Not built yet.");
}
