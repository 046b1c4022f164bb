namespace Grains.Embedded;

/// <summary>Anything that grain calls can be addressed to: a grain, or a reference to one.</summary>
#pragma warning disable CA1040 // The names and shapes are Orleans', marker interfaces included.
public interface IAddressable;
