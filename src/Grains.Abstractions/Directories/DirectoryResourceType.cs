namespace Grains.Abstractions.Directories;

/// <summary>A resource type of a directory's own (RFC 7643 §6), beside users and groups.</summary>
[GenerateSerializer, Immutable, Alias("muster.DirectoryResourceType")]
public sealed record DirectoryResourceType
{
    /// <summary>Its name, by which it is known in the log and in <c>meta.resourceType</c>.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>Where it is served below the base address, with its slash.</summary>
    [Id(1)]
    public required string Endpoint { get; init; }

    [Id(2)]
    public string Description { get => field ?? ""; init; } = "";

    /// <summary>The core schema as JSON (RFC 7643 §7).</summary>
    [Id(3)]
    public required string Definition { get; init; }
}
