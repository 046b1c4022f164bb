namespace Grains.Abstractions.Events;

/// <summary>The name of a resource in its directory.</summary>
[GenerateSerializer, Immutable, Alias("muster.ResourceName")]
public sealed record ResourceName
{
    /// <summary><c>User</c>, <c>Group</c>, or one of the directory's own types.</summary>
    [Id(0)]
    public string Type { get; init; } = "";

    [Id(1)]
    public string Id { get; init; } = "";
}
