using Microsoft.Extensions.Hosting;

#pragma warning disable CS9113 // Stubs: the bodies come next.
namespace Grains.Embedded;

/// <summary>
/// One silo in this process: activates grains, runs their requests, and ends them. Several silos over one storage are, to the grains, so many
/// machines: each may have an activation of the same grain.
/// </summary>
public sealed class EmbeddedSilo(IServiceProvider services, EmbeddedOptions options) : IGrainFactory, IHostedService, IAsyncDisposable
{
    /// <summary>How many activations there are.</summary>
    public int ActivationCount => throw new NotSupportedException("Not built yet.");

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey => throw new NotSupportedException("Not built yet.");

    /// <summary>Checks the grains, all errors at once, and begins to serve.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => throw new NotSupportedException("Not built yet.");

    /// <summary>Refuses new calls, lets running ones end, and deactivates every grain.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => throw new NotSupportedException("Not built yet.");

    /// <summary>Ends the activations that have had no request for <paramref name="idleFor"/>; done when they have ended.</summary>
    public Task CollectAsync(TimeSpan idleFor) => throw new NotSupportedException("Not built yet.");

    public ValueTask DisposeAsync() => throw new NotSupportedException("Not built yet.");

    internal GrainReference GetReference(Type interfaceType, GrainId grainId) => throw new NotSupportedException("Not built yet.");
}
