using Grains.Indexes;

namespace Grains.Resources;

/// <summary>The list of values to be released that a row carries, as a pure value.</summary>
internal static class WorkList
{
    /// <summary>What the list says, as far as the directory still has the indexes.</summary>
    public static IEnumerable<IndexTerm> Terms(WorkItem[] work, ResourceIndexes indexes) =>
        work.Where(w => indexes.Keeps(w.Index)).Select(w => new IndexTerm(w.Index, w.Value, Unique: false));

    /// <summary>The list after a change: what was dropped is added, and a value that is held again is struck off.</summary>
    public static WorkItem[] After(WorkItem[] work, IReadOnlyCollection<IndexTerm> dropped, IReadOnlyCollection<IndexTerm> held) => work.Length + dropped.Count == 0 ? [] :
    [
        .. work
            .Concat(dropped.Select(t => new WorkItem { Index = t.Index, Value = t.Value }))
            .Distinct()
            .Where(w => !held.Any(t => t.Index == w.Index && t.Value == w.Value)),
    ];
}
