namespace Grains.Embedded;

/// <summary>A grain's state: read before <see cref="Grain.OnActivateAsync"/>, written when the grain says so.</summary>
public interface IPersistentState<TState> : IStorage<TState>;
