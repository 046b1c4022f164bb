using Grains.Abstractions.Groups;
using Grains.Abstractions.Indexes;
using Grains.Abstractions.Users;

namespace Grains.Abstractions.Resources;

/// <summary>A resource as it is stored, all of one moment.</summary>
[GenerateSerializer, Immutable, Alias("muster.ExportedResource")]
public sealed record ExportedResource
{
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>The attributes as UTF-8 JSON, without <c>id</c>, <c>meta</c> and members.</summary>
    [Id(1)]
    public required byte[] Attributes { get; init; }

    /// <summary>The number in <c>meta.version</c>.</summary>
    [Id(2)]
    public required long Version { get; init; }

    [Id(3)]
    public required DateTimeOffset Created { get; init; }

    [Id(4)]
    public required DateTimeOffset LastModified { get; init; }

    /// <summary>How many members a group has.</summary>
    [Id(5)]
    public long MemberCount { get; init; }

    /// <summary>The members of a group that has no more of them than were asked for; else none.</summary>
    [Id(6)]
    public GroupMember[] Members { get; init; } = [];

    /// <summary>Its place in the list of all resources of its type: behind it comes the next.</summary>
    [Id(7)]
    public IndexPosition Place { get; init; }

    /// <summary>Of a user in the archive: when it was deleted. Null of what stands.</summary>
    [Id(60)]
    public DateTimeOffset? Archived { get; init; }

    /// <summary>Of a user: that it was invited.</summary>
    [Id(61)]
    public Invitation? Invitation { get; init; }
}
