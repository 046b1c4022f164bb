namespace Grains.Embedded;

/// <summary>What grain code holds of another grain; the proxies that the silo emits derive from it.</summary>
public abstract class GrainReference : IAddressable
{
    public GrainId GrainId => throw new NotSupportedException("Not built yet.");

    internal EmbeddedSilo Silo => throw new NotSupportedException("Not built yet.");
}
