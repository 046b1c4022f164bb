using Grains.Indexes;

namespace Grains.Resources;

/// <summary>The list of values to be released that a row carries, as a pure value.</summary>
internal static class WorkList
{
    /// <summary>The list after a change: what was dropped is added, and a value that is held again is struck off.</summary>
    public static WorkItem[] After(WorkItem[] work, IReadOnlyCollection<IndexTerm> dropped, IReadOnlyCollection<IndexTerm> held) => work.Length + dropped.Count == 0 ? [] :
    [
        .. work
            .Concat(dropped.Select(t => new WorkItem { Index = t.Index, Value = t.Value }))
            .Distinct()
            .Where(w => !held.Any(t => t.Index == w.Index && t.Value == w.Value)),
    ];
}
