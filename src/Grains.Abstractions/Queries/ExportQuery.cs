using Grains.Abstractions.Indexes;

namespace Grains.Abstractions.Queries;

/// <summary>Asks for a part of all resources of a type, as they are stored.</summary>
[GenerateSerializer, Immutable, Alias("muster.ExportQuery")]
public sealed record ExportQuery
{
    /// <summary><c>User</c>, <c>Group</c>, or one of the directory's own types.</summary>
    [Id(0)]
    public required string ResourceType { get; init; }

    /// <summary>Behind which of them to begin.</summary>
    [Id(1)]
    public required IndexPosition After { get; init; }

    /// <summary>Up to how many members a group comes with its members.</summary>
    [Id(2)]
    public int MostMembers { get; init; }

    /// <summary>Of users: those in the archive instead of those that stand.</summary>
    [Id(60)]
    public bool Archived { get; init; }
}
