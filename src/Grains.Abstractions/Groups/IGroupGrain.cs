using Grains.Abstractions.Directories;
using Grains.Abstractions.Events;
using Grains.Abstractions.Indexes;
using Grains.Abstractions.Resources;

namespace Grains.Abstractions.Groups;

/// <summary>A group of a directory (<see cref="GrainKeys.Resource"/>): the head. Its members live in buckets.</summary>
[Alias("muster.IGroupGrain")]
public interface IGroupGrain : IGrainWithStringKey
{
    /// <summary>Makes the group with its members (RFC 7644 §3.3). 400 <c>invalidValue</c> names a member that does not exist.</summary>
    [Alias("Create")]
    Task<ResourceReply> Create(DirectoryContext directory, CreateResource request);

    /// <summary>
    /// Makes the head of the group as it was elsewhere, with its version and its times. Made again it changes nothing. 409 where another
    /// content stands under the id, or where a group of this id was deleted lately.
    /// </summary>
    [Alias("Import")]
    Task<ImportReply> Import(DirectoryContext directory, ImportResource request);

    /// <summary>Adds members as a part of making the group: its version and its time stay. Those who are members already stay so.</summary>
    [Alias("ImportMembers")]
    Task<ImportMembersReply> ImportMembers(DirectoryContext directory, ImportMembers request);

    /// <summary>The group as it is stored. No change of its members comes between the head and them.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="mostMembers">A group with more members than that is handed out without them.</param>
    /// <returns>Null where there is no such group.</returns>
    [Alias("Export")]
    Task<ExportedResource?> Export(DirectoryContext directory, int mostMembers);

    /// <summary>As Read, for one who looks at everyone: an activation that is of no other use goes again.</summary>
    [ReadOnly]
    [Alias("Look")]
    ValueTask<ResourceReply> Look(DirectoryContext directory);

    /// <summary>The head, without members.</summary>
    [ReadOnly]
    [Alias("Read")]
    ValueTask<ResourceReply> Read(DirectoryContext directory);

    /// <summary>As <see cref="Read"/>, where the group stands under a value of an index by the attributes it now has; else 404.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="index">One of the directory's indexes of groups.</param>
    /// <param name="value">The value in full, normalised as the index has it.</param>
    [ReadOnly]
    [Alias("ReadUnder")]
    ValueTask<ResourceReply> ReadUnder(DirectoryContext directory, string index, string value);

    /// <summary>Members in the order of their index.</summary>
    [ReadOnly]
    [Alias("Members")]
    Task<MembersPage> Members(DirectoryContext directory, IndexPosition after, int take);

    /// <summary>For each id whether it is a member.</summary>
    [ReadOnly]
    [Alias("HasMembers")]
    Task<bool[]> HasMembers(DirectoryContext directory, string[] ids);

    /// <summary>Applies a PATCH request (RFC 7644 §3.5.2). Its cost goes with what it names, not with the group's size.</summary>
    [Alias("Patch")]
    Task<ResourceReply> Patch(DirectoryContext directory, ChangeResource request);

    /// <summary>Replaces the attributes and the members (RFC 7644 §3.5.1).</summary>
    [Alias("Replace")]
    Task<ResourceReply> Replace(DirectoryContext directory, ChangeResource request);

    /// <summary>Deletes the group (RFC 7644 §3.6). That its members leave is left to <see cref="Settle"/>.</summary>
    [Alias("Delete")]
    Task<ResourceReply> Delete(DirectoryContext directory, ChangeResource request);

    /// <summary>Takes out a member that no longer exists. Called by what the member's own delete left for later.</summary>
    [Alias("Drop")]
    Task<MembershipStatus> Drop(DirectoryContext directory, string member);

    /// <summary>Finishes what a delete left for later: members leave, their buckets are cleared. Idempotent.</summary>
    [AlwaysInterleave]
    [Alias("Settle")]
    Task Settle(DirectoryContext directory);

    /// <summary>Whether the group exists.</summary>
    [AlwaysInterleave]
    [Alias("Exists")]
    ValueTask<bool> Exists();

    /// <summary>This group becomes a member of another. Waits on storage alone, so that groups may contain each other.</summary>
    [AlwaysInterleave]
    [Alias("Join")]
    Task<MembershipStatus> Join(DirectoryContext directory, Membership membership);

    [AlwaysInterleave]
    [Alias("Leave")]
    Task<MembershipStatus> Leave(DirectoryContext directory, Membership membership);

    /// <summary>The ids of the groups this group is a member of.</summary>
    [AlwaysInterleave]
    [Alias("Groups")]
    ValueTask<string[]> Groups();

    /// <summary>The log wakes the group: it finishes what its row lists, and says which writes stand. The others then never will.</summary>
    [Alias("Wake")]
    Task<Finding> Wake(DirectoryContext directory, string[] writeIds);

    /// <summary>Puts the group under its values into the indexes that are being built.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="since">Which: those with this <see cref="DirectoryIndex.Since"/>.</param>
    /// <returns>False where storage did not confirm it.</returns>
    [Alias("Reindex")]
    Task<bool> Reindex(DirectoryContext directory, int since);

    /// <summary>Clears the row of a deleted group whose work is done and whose time is over.</summary>
    /// <returns>False where that is not yet so.</returns>
    [Alias("ClearTombstone")]
    Task<bool> ClearTombstone(DirectoryContext directory);

    /// <summary>Clears the row and the member buckets, when the directory is removed.</summary>
    [Alias("Erase")]
    Task<bool> Erase();
}
