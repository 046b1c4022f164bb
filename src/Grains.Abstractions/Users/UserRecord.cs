namespace Grains.Abstractions.Users;

/// <summary>A user as the vendor's admins see it, whether it stands or is in the archive; all of one moment.</summary>
[GenerateSerializer, Immutable, Alias("muster.UserRecord")]
public sealed record UserRecord
{
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>The resource as UTF-8 JSON, ready to send but for the base URL, in whose place the byte 0x01 stands.</summary>
    [Id(1)]
    public required byte[] Document { get; init; }

    /// <summary>The number in <c>meta.version</c>; of a deleted user, that of its deletion.</summary>
    [Id(2)]
    public required long Version { get; init; }

    [Id(3)]
    public required DateTimeOffset Created { get; init; }

    [Id(4)]
    public required DateTimeOffset LastModified { get; init; }

    /// <summary>Whether <c>active</c> is false.</summary>
    [Id(5)]
    public bool Disabled { get; init; }

    /// <summary>When it was deleted; null where it stands.</summary>
    [Id(6)]
    public DateTimeOffset? Deleted { get; init; }

    /// <summary>When it was last brought back from the archive, or null.</summary>
    [Id(7)]
    public DateTimeOffset? Restored { get; init; }

    /// <summary>Null where it is uninvited.</summary>
    [Id(8)]
    public Invitation? Invitation { get; init; }

    /// <summary>The ids of the groups that it is in.</summary>
    [Id(9)]
    public string[] Groups { get; init; } = [];
}
