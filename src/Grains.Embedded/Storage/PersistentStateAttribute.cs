namespace Grains.Embedded;

/// <summary>A constructor parameter <see cref="IPersistentState{TState}"/>: its name within the grain and the storage it lives in.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
{
    public string StateName { get; } = stateName;

    public string? StorageName { get; } = storageName;
}
