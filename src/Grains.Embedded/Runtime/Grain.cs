namespace Grains.Embedded;

/// <summary>The base of grain classes: one instance an activation, one request at a time.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    private readonly Activation _activation;

    protected Grain() => _activation = Activation.UnderConstruction
        ?? throw new InvalidOperationException($"{GetType()} is a grain: only the engine makes instances of it. Call IGrainFactory.GetGrain.");

    public IGrainContext GrainContext => _activation;

    public string IdentityString => _activation.GrainId.ToString();

    protected IGrainFactory GrainFactory => _activation.Silo;

    protected internal IServiceProvider ServiceProvider => _activation.ActivationServices;

    /// <summary>Ends this activation after the requests now running; those that wait, and later ones, go to a new activation.</summary>
    protected void DeactivateOnIdle() => ((IGrainBase)this).DeactivateOnIdle();

    /// <summary>Keeps this activation from idle collection for <paramref name="timeSpan"/> from now.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => _activation.DelayDeactivation(timeSpan);

    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;
}
