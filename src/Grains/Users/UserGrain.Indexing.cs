using Grains.Abstractions.Directories;
using Grains.Abstractions.Indexes;
using Grains.Indexes;
using Grains.Resources;

namespace Grains.Users;

/// <summary>What a user has to do with indexes that come and go.</summary>
internal sealed partial class UserGrain
{
    public async Task<bool> Reindex(DirectoryContext directory, int since)
    {
        if (row.Poisoned || IsStale(directory))
        {
            return false;
        }

        // Of what stands: where a twin has written since, what it wrote has to be in the index, and the twin may not have known of it.
        await row.Refresh(row.ETag);
        var done = !row.Poisoned && !IsStale(directory);
        if (done && IsLiveFor(directory))
        {
            var indexes = ResourceIndexes.Of(directory);
            var terms = indexes.Since(indexes.TermsOf(row.Current.Attributes!.Utf8), since).ToList();
            done = terms.Count == 0 || await Confirmed(new IndexClient(GrainFactory, directory).Apply(terms, ChangeKind.Put, id, row.Current.Version));
        }

        if (!isOfUse)
        {
            DeactivateOnIdle();
        }

        return done;
    }

    /// <summary>Whether the caller does not know of all the indexes that are to be kept.</summary>
    private bool IsStale(DirectoryContext directory) => epochs.IsStale(directory, row.Current.IndexEpoch);

    /// <summary>
    /// Whether a change whose event may not stand was made by one who knew of fewer indexes than the caller: it may have been cut off by
    /// the log's refusal, and its values are missing in the others.
    /// </summary>
    private static bool IsOfBefore(DirectoryContext directory, UserState state) =>
        state is { Status: ResourceStatus.Live, EventOpen: true } && state.IndexEpoch < directory.IndexEpoch;

    private IEnumerable<IndexTerm> Hints(UserState state, ResourceIndexes indexes) => Hints(indexes.TermsOf(state.Attributes!.Utf8), indexes);
}
