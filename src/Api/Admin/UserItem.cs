using System.Text.Json;

namespace Api.Admin;

/// <summary>A user as the vendor's admins see it, whether it stands or is in the archive.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State"><c>active</c>, <c>disabled</c>, or, in a directory that archives, <c>archived</c> instead of the latter.</param>
/// <param name="Reason">Of an archived user: <c>disabled</c> or <c>deleted</c>.</param>
/// <param name="Invitation">Where the directory's profile has invitations: how far that of the user is.</param>
/// <param name="Groups">The ids of the groups that it is in. Who was deleted is in none.</param>
/// <param name="Version">The number in <c>meta.version</c>; of a deleted user, that of its deletion.</param>
/// <param name="Created">When it was made.</param>
/// <param name="LastModified">When it was last changed.</param>
/// <param name="Deleted">When it was deleted.</param>
/// <param name="ErasedFrom">Of a deleted user: from when on it is erased for good.</param>
/// <param name="Restored">When it was last brought back from the archive.</param>
/// <param name="Resource">The user as SCIM shows it, or showed it.</param>
public sealed record UserItem(
    string Id,
    string State,
    string? Reason,
    UserInvitation? Invitation,
    IReadOnlyList<string> Groups,
    long Version,
    DateTimeOffset Created,
    DateTimeOffset LastModified,
    DateTimeOffset? Deleted,
    DateTimeOffset? ErasedFrom,
    DateTimeOffset? Restored,
    JsonElement Resource);
