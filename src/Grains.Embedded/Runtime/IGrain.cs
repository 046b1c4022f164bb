namespace Grains.Embedded;

/// <summary>Marks an interface as a grain interface.</summary>
#pragma warning disable CA1040 // The names and shapes are Orleans', marker interfaces included.
public interface IGrain : IAddressable;
