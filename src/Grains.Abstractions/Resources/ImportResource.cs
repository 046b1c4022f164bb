using Grains.Abstractions.Users;

namespace Grains.Abstractions.Resources;

/// <summary>A resource to make as it was elsewhere: the head of a group, without its members.</summary>
[GenerateSerializer, Immutable, Alias("muster.ImportResource")]
public sealed record ImportResource
{
    /// <summary>The attributes, validated and normalised, as UTF-8 JSON.</summary>
    [Id(0)]
    public required byte[] Attributes { get; init; }

    /// <summary>The number in <c>meta.version</c>, at least 1.</summary>
    [Id(1)]
    public required long Version { get; init; }

    /// <summary><c>meta.created</c>.</summary>
    [Id(2)]
    public required DateTimeOffset Created { get; init; }

    /// <summary><c>meta.lastModified</c>.</summary>
    [Id(3)]
    public required DateTimeOffset LastModified { get; init; }

    /// <summary>Of a user in the archive: when it was deleted. Null of what stands.</summary>
    [Id(60)]
    public DateTimeOffset? Archived { get; init; }

    /// <summary>Of a user: that it was invited.</summary>
    [Id(61)]
    public Invitation? Invitation { get; init; }
}
