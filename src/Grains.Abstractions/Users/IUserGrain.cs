using Grains.Abstractions.Directories;
using Grains.Abstractions.Events;
using Grains.Abstractions.OrgUnits;
using Grains.Abstractions.Resources;

namespace Grains.Abstractions.Users;

/// <summary>
/// A user of a directory (<see cref="GrainKeys.Resource"/>): the resource, its version and the groups it is in. Or a resource of one of the
/// directory's own types, as <see cref="DirectoryContext.ResourceType"/> says: it has no userName, and is in no groups. What is asked for
/// another type than the resource is of is not there.
/// </summary>
[Alias("muster.IUserGrain")]
public interface IUserGrain : IGrainWithStringKey
{
    /// <summary>Makes the user (RFC 7644 §3.3). 409 <c>uniqueness</c> where the userName is taken.</summary>
    [Alias("Create")]
    Task<ResourceReply> Create(DirectoryContext directory, CreateResource request);

    /// <summary>
    /// Makes the user as it was elsewhere, with its version and its times. Made again it changes nothing. 409 where another content stands
    /// under the id, where the userName is taken, or where a user of this id was deleted lately.
    /// </summary>
    [Alias("Import")]
    Task<ImportReply> Import(DirectoryContext directory, ImportResource request);

    /// <returns>The user as it is stored, whether it stands or is in the archive; null where there is none.</returns>
    [ReadOnly]
    [Alias("Export")]
    ValueTask<ExportedResource?> Export(DirectoryContext directory);

    [ReadOnly]
    [Alias("Read")]
    ValueTask<ResourceReply> Read(DirectoryContext directory);

    /// <summary>As Read, for one who looks at everyone: an activation that is of no other use goes again.</summary>
    [ReadOnly]
    [Alias("Look")]
    ValueTask<ResourceReply> Look(DirectoryContext directory);

    /// <summary>As <see cref="Read"/>, where the user stands under a value of an index by the attributes it now has; else 404.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="index">One of the directory's indexes of users.</param>
    /// <param name="value">The value in full, normalised as the index has it.</param>
    [ReadOnly]
    [Alias("ReadUnder")]
    ValueTask<ResourceReply> ReadUnder(DirectoryContext directory, string index, string value);

    /// <summary>Applies a PATCH request (RFC 7644 §3.5.2). One that changes nothing writes nothing and keeps the version.</summary>
    [Alias("Patch")]
    Task<ResourceReply> Patch(DirectoryContext directory, ChangeResource request);

    /// <summary>Replaces the attributes (RFC 7644 §3.5.1).</summary>
    [Alias("Replace")]
    Task<ResourceReply> Replace(DirectoryContext directory, ChangeResource request);

    /// <summary>Deletes the user (RFC 7644 §3.6). What it owes to groups is left to <see cref="Settle"/>.</summary>
    [Alias("Delete")]
    Task<ResourceReply> Delete(DirectoryContext directory, ChangeResource request);

    /// <summary>Finishes what a change left for later: a deleted user leaves its groups. Idempotent.</summary>
    [AlwaysInterleave]
    [Alias("Settle")]
    Task Settle(DirectoryContext directory);

    /// <summary>A bucket asks, before it gives the value to another, whether this user holds it. Waits on storage alone.</summary>
    [AlwaysInterleave]
    [Alias("Holds")]
    Task<HoldsReply> Holds(string index, string value);

    /// <summary>Whether the user exists; a resource of another type does not, whatever the caller asks for.</summary>
    [ReadOnly]
    [Alias("Exists")]
    ValueTask<bool> Exists();

    /// <summary>Where the user stands by each kind of org units that the directory's profile has.</summary>
    /// <returns>Null where there is no such user.</returns>
    [ReadOnly]
    [Alias("OrgUnits")]
    Task<UserOrgUnit[]?> OrgUnits(DirectoryContext directory);

    [Alias("Join")]
    Task<MembershipStatus> Join(DirectoryContext directory, Membership membership);

    [Alias("Leave")]
    Task<MembershipStatus> Leave(DirectoryContext directory, Membership membership);

    /// <summary>The ids of the groups the user is in.</summary>
    [ReadOnly]
    [Alias("Groups")]
    ValueTask<string[]> Groups();

    /// <summary>The log wakes the user: it finishes what its row lists, and says which writes stand. The others then never will.</summary>
    [Alias("Wake")]
    Task<Finding> Wake(DirectoryContext directory, string[] writeIds);

    /// <summary>Puts the user under its values into the indexes that are being built.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="since">Which: those with this <see cref="DirectoryIndex.Since"/>.</param>
    /// <returns>False where storage did not confirm it.</returns>
    [Alias("Reindex")]
    Task<bool> Reindex(DirectoryContext directory, int since);

    /// <summary>Clears the row of a deleted user whose work is done and whose time is over.</summary>
    /// <returns>False where that is not yet so.</returns>
    [Alias("ClearTombstone")]
    Task<bool> ClearTombstone(DirectoryContext directory);

    /// <summary>The user as the vendor's admins see it, whether it stands or is in the archive.</summary>
    /// <returns>Null where there is no such user.</returns>
    [ReadOnly]
    [Alias("Inspect")]
    ValueTask<UserRecord?> Inspect(DirectoryContext directory);

    /// <summary>
    /// Brings the user back from the archive, active: one that was deleted claims its name again, 409 <c>uniqueness</c> where another has
    /// it; one that is disabled is enabled. One that stands and is active is as it was to be. 503 with
    /// <see cref="ResourceReply.Unfinished"/> where it has still to leave groups: it is to be told to settle, and asked again.
    /// </summary>
    [Alias("Restore")]
    Task<ResourceReply> Restore(DirectoryContext directory);

    /// <summary>An admin disables the user: <c>active</c> is false then. One that is so, or was deleted and kept, is as it was to be.</summary>
    [Alias("Disable")]
    Task<ResourceReply> Disable(DirectoryContext directory);

    /// <summary>An admin invites the user, or takes that back. It makes no version and no event. Done again it changes nothing.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="invitation">When and by whom; null takes it back.</param>
    [Alias("Invite")]
    Task<ResourceReply> Invite(DirectoryContext directory, Invitation? invitation);

    /// <summary>Erases a deleted user from the archive, for good. 404 where there is no such user, 409 where it stands.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="onlyDue">Only where the time is over for which the directory keeps deleted users: else nothing happens.</param>
    [Alias("EraseArchived")]
    Task<ResourceReply> EraseArchived(DirectoryContext directory, bool onlyDue);

    /// <summary>Clears the row, when the directory is removed.</summary>
    [Alias("Erase")]
    Task<bool> Erase();
}
