namespace Grains.Embedded;

/// <summary>One stored row of a grain, and its value in memory.</summary>
#pragma warning disable MA0048 // The file of IStorage is the one without a value.
public interface IStorage<TState> : IStorage
{
    TState State { get; set; }
}
