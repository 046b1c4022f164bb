namespace Grains.Abstractions.Directories;

/// <summary>A schema extension of a directory (RFC 7643 §3.3): attributes that resources of a type have beside those of the type's own schema.</summary>
[GenerateSerializer, Immutable, Alias("muster.DirectoryExtension")]
public sealed record DirectoryExtension
{
    /// <summary>The type that is extended: <c>User</c>, <c>Group</c>, or one of the directory's own.</summary>
    [Id(0)]
    public required string ResourceType { get; init; }

    /// <summary>Whether each resource that is made or replaced must have it.</summary>
    [Id(1)]
    public bool Required { get; init; }

    /// <summary>The URN of the schema.</summary>
    [Id(2)]
    public required string Urn { get; init; }

    /// <summary>The schema as JSON (RFC 7643 §7).</summary>
    [Id(3)]
    public required string Definition { get; init; }
}
