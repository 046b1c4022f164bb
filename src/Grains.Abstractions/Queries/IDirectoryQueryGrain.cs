using Grains.Abstractions.Directories;

namespace Grains.Abstractions.Queries;

/// <summary>Answers lists and filters of a directory, close to the data. Owns nothing but what it remembers of walks.</summary>
[Alias("muster.IDirectoryQueryGrain")]
public interface IDirectoryQueryGrain : IGrainWithStringKey
{
    /// <summary>A page of users or groups. 400 <c>tooMany</c> where a filter would have to look at more than the limit.</summary>
    [Alias("List")]
    Task<ListReply> List(DirectoryContext directory, ListQuery query);

    /// <summary>The next resources of a type, as they are stored: each of one moment, all of them read at once.</summary>
    [Alias("Export")]
    Task<ExportPage> Export(DirectoryContext directory, ExportQuery query);
}
