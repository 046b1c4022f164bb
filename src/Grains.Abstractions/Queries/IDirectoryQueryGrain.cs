using Grains.Abstractions.Directories;

namespace Grains.Abstractions.Queries;

/// <summary>Answers lists and filters of a directory, close to the data. Owns nothing but what it remembers of walks.</summary>
[Alias("muster.IDirectoryQueryGrain")]
public interface IDirectoryQueryGrain : IGrainWithStringKey
{
    /// <summary>A page of users or groups. 400 <c>tooMany</c> where a filter would have to look at more than the limit.</summary>
    [Alias("List")]
    Task<ListReply> List(DirectoryContext directory, ListQuery query);

    /// <summary>
    /// Which of the next resources match, and their sort keys: a small step, so that whoever asks can stop between two of them. Where an index
    /// names those that can match, all of them are one step.
    /// </summary>
    [Alias("Scan")]
    Task<ScanReply> Scan(DirectoryContext directory, ScanQuery query);

    /// <summary>Resources by their ids, in that order; those that are gone, or no longer match, are left out.</summary>
    [Alias("Fetch")]
    Task<ListReply> Fetch(DirectoryContext directory, FetchQuery query);

    /// <summary>The next resources of a type, as they are stored: each of one moment, all of them read at once.</summary>
    [Alias("Export")]
    Task<ExportPage> Export(DirectoryContext directory, ExportQuery query);

    /// <summary>The next deleted users in the archive of the directory. A bounded number is looked at in one call, whatever the filter leaves of them.</summary>
    [Alias("Archive")]
    Task<ArchivePage> Archive(DirectoryContext directory, ArchiveQuery query);
}
