using System.Runtime.InteropServices;

namespace Grains.Indexes;

/// <summary>What a change does to where a resource stands. Most changes do nothing.</summary>
/// <param name="Added">Where it comes to stand.</param>
/// <param name="Dropped">Where it no longer stands.</param>
internal readonly record struct TermChanges(List<IndexTerm> Added, List<IndexTerm> Dropped)
{
    private static readonly List<IndexTerm> None = [];

    public static TermChanges Between(List<IndexTerm> before, List<IndexTerm> after) =>
        CollectionsMarshal.AsSpan(before).SequenceEqual(CollectionsMarshal.AsSpan(after))
            ? new TermChanges(None, None)
            : new TermChanges([.. after.Except(before)], [.. before.Except(after)]);
}
