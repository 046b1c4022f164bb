namespace Grains.Embedded;

/// <summary>A grain class of which several activations of one key may run at once.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StatelessWorkerAttribute : Attribute
{
    /// <summary>As many activations as the machine has processors.</summary>
    public StatelessWorkerAttribute() => MaxLocalWorkers = Environment.ProcessorCount;

    /// <summary>At most <paramref name="maxLocalWorkers"/> activations.</summary>
    public StatelessWorkerAttribute(int maxLocalWorkers) => MaxLocalWorkers = maxLocalWorkers;

    internal int MaxLocalWorkers { get; }
}
