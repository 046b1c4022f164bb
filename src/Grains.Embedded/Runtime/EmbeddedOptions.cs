using System.Reflection;

namespace Grains.Embedded;

/// <summary>The settings of an <see cref="EmbeddedSilo"/>. All times are measured by the silo's <see cref="TimeProvider"/>.</summary>
public sealed class EmbeddedOptions
{
    /// <summary>30 seconds, as in Orleans.</summary>
    public static readonly TimeSpan DefaultResponseTimeout = TimeSpan.FromSeconds(30);

    /// <summary>5 seconds: far longer than a request should hold its grain, and short enough that the callers behind it still get this answer.</summary>
    public static readonly TimeSpan DefaultDeadlockTimeout = TimeSpan.FromSeconds(5);

    /// <summary>15 minutes, as in Orleans.</summary>
    public static readonly TimeSpan DefaultCollectionAge = TimeSpan.FromMinutes(15);

    /// <summary>1 minute, as in Orleans.</summary>
    public static readonly TimeSpan DefaultCollectionQuantum = TimeSpan.FromMinutes(1);

    /// <summary>30 seconds: as long as a running request can at most be waited for by its caller.</summary>
    public static readonly TimeSpan DefaultStopTimeout = TimeSpan.FromSeconds(30);

    /// <summary>50,000: some 150 MB of small grains at 3 kB each.</summary>
    public const int DefaultMaxActivations = 50_000;

    /// <summary>How long a caller waits for an answer before it gets a <see cref="TimeoutException"/>.</summary>
    public TimeSpan ResponseTimeout { get; set; } = DefaultResponseTimeout;

    /// <summary>How long a request waits behind one that is waiting for it, before it fails and names both grains.</summary>
    public TimeSpan DeadlockTimeout { get; set; } = DefaultDeadlockTimeout;

    /// <summary>How long an activation lives without a request.</summary>
    public TimeSpan CollectionAge { get; set; } = DefaultCollectionAge;

    /// <summary>How often idle activations are looked for.</summary>
    public TimeSpan CollectionQuantum { get; set; } = DefaultCollectionQuantum;

    /// <summary>How long a stop waits for running requests and for <see cref="Grain.OnDeactivateAsync"/>.</summary>
    public TimeSpan StopTimeout { get; set; } = DefaultStopTimeout;

    /// <summary>How many activations are kept; above it those idle for longest go first.</summary>
    public int MaxActivations { get; set; } = DefaultMaxActivations;

    /// <summary>The assemblies whose grain classes and interfaces are served.</summary>
    public ICollection<Assembly> GrainAssemblies { get; } = [];
}
