using Grains.Abstractions.Directories;
using Grains.Abstractions.Groups;
using Grains.Abstractions.Indexes;

namespace Grains.Abstractions.OrgUnits;

/// <summary>
/// A site, department or role that user data named (<see cref="GrainKeys.OrgUnit"/>). It is made on first sight and then the vendor's:
/// provisioning puts users in and takes them out, and changes nothing else of it.
/// </summary>
[Alias("muster.IOrgUnitGrain")]
public interface IOrgUnitGrain : IGrainWithStringKey
{
    /// <summary>Counts a user in; where there is no such unit, or it was deleted, it is made. Idempotent by the version.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="name">The name as the user has it: that of the unit where this is the first sight.</param>
    /// <param name="user">The user's id.</param>
    /// <param name="version">The version of the user's row.</param>
    /// <param name="provisioned">
    /// When the name was sent, where that was not just now, as when a user's row is found whose companions may not stand: a unit that was
    /// deleted since is not made again, and one that was made again since does not count the user in. Null for just now.
    /// </param>
    /// <returns>False where storage did not confirm.</returns>
    [AlwaysInterleave]
    [Alias("Join")]
    Task<bool> Join(DirectoryContext directory, string name, string user, long version, DateTimeOffset? provisioned = null);

    /// <summary>Counts a user out, unless a newer version has counted it in.</summary>
    /// <returns>False where storage did not confirm.</returns>
    [AlwaysInterleave]
    [Alias("Leave")]
    Task<bool> Leave(DirectoryContext directory, string user, long version);

    /// <returns>The unit with the number of its users, or null where there is none.</returns>
    [AlwaysInterleave]
    [Alias("Describe")]
    Task<OrgUnit?> Describe(DirectoryContext directory);

    /// <summary>Whether a user counts in.</summary>
    [AlwaysInterleave]
    [Alias("Has")]
    Task<bool> Has(DirectoryContext directory, string user);

    /// <summary>The users of the unit, in the order of their index.</summary>
    /// <returns>Null where there is no such unit.</returns>
    [AlwaysInterleave]
    [Alias("Users")]
    Task<MembersPage?> Users(DirectoryContext directory, IndexPosition after, int take);

    /// <summary>Changes what the vendor keeps of the unit.</summary>
    /// <returns>The unit as it then is, with <see cref="OrgUnitReply.Error"/> where there is none, or another version than wished for.</returns>
    [Alias("Change")]
    Task<OrgUnitReply> Change(DirectoryContext directory, OrgUnitChange change);

    /// <summary>
    /// Takes over what another directory's vendor kept of the unit, and its name; where there is no unit, it is made, without users. One of
    /// which something else is kept here is left as it is.
    /// </summary>
    /// <returns>The unit as it then is, or why not.</returns>
    [Alias("Import")]
    Task<OrgUnitReply> Import(DirectoryContext directory, string name, OrgUnitChange kept);

    /// <summary>Deletes the unit. Its users show as unassigned; the next value that is provisioned makes another.</summary>
    [Alias("Delete")]
    Task<OrgUnitReply> Delete(DirectoryContext directory, long? ifVersion);

    /// <summary>Clears all that there is of the unit, when the directory is removed.</summary>
    /// <returns>False where storage did not confirm all of it.</returns>
    [Alias("Erase")]
    Task<bool> Erase(DirectoryContext directory);
}
