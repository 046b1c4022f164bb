using Grains.Abstractions.Directories;

namespace Grains.Abstractions.Indexes;

/// <summary>
/// The work on a directory's indexes that goes through all of its resources or rows (<see cref="GrainKeys.IndexWork"/>), beside the
/// directory, which is on every request's path. It keeps no row: the directory remembers how far it was, and asks again and again.
/// </summary>
[Alias("muster.IIndexWorkGrain")]
public interface IIndexWorkGrain : IGrainWithStringKey
{
    /// <summary>Goes on putting the resources of a type into the indexes that are being built; returns at once.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="resourceType"><c>User</c> or <c>Group</c>.</param>
    /// <param name="since">Which indexes: those with this <see cref="DirectoryIndex.Since"/>.</param>
    /// <param name="from">How far it had come when the directory last wrote that down.</param>
    [Alias("Build")]
    Task<IndexBuildProgress> Build(DirectoryContext directory, string resourceType, int since, IndexBuildProgress from);

    /// <summary>Goes on clearing the rows of an index that nobody uses any more; returns at once.</summary>
    /// <param name="directory">The directory's id.</param>
    /// <param name="index">The name of the index.</param>
    /// <returns>Whether it is done.</returns>
    [Alias("Clear")]
    Task<bool> Clear(string directory, string index);

    /// <summary>Ends what is under way; returns when it has ended.</summary>
    [Alias("Stop")]
    Task Stop();
}
