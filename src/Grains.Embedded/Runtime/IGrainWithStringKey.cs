namespace Grains.Embedded;

/// <summary>Marks an interface of grains whose key is a string, the only kind of key this engine knows.</summary>
#pragma warning disable CA1040 // The names and shapes are Orleans', marker interfaces included.
public interface IGrainWithStringKey : IGrain;
