namespace Grains.Abstractions.Indexes;

/// <summary>
/// One bucket of an index of a directory (<see cref="GrainKeys.Bucket"/>): values and the ids that stand under them.
/// A uniqueness claim is authoritative; every other entry is a hint, which its reader verifies.
/// A caller whose width is stale is told the bucket's level, and asks the right one.
/// </summary>
[Alias("muster.IBucketGrain")]
public interface IBucketGrain : IGrainWithStringKey
{
    /// <summary>Claims a unique value for a resource, asking the present owner where there is one (PROTOCOL R5).</summary>
    [Alias("Claim")]
    Task<BucketReply> Claim(ClaimRequest request);

    /// <summary>Puts and removes entries, all in one write with whatever else is waiting.</summary>
    [Alias("Apply")]
    Task<ChangesReply> Apply(IndexChange[] changes);

    /// <summary>What stands under some values, from what is durable.</summary>
    /// <param name="keys">The values.</param>
    /// <param name="fresh">Whether the row is read again first: a twin may have written since.</param>
    [Alias("Find")]
    ValueTask<FindReply> Find(IndexKey[] keys, bool fresh);

    /// <summary>Entries in listing order after a position.</summary>
    [Alias("List")]
    ValueTask<BucketPage> List(IndexPosition after, int take);

    /// <summary>Splits the bucket at a level: half of its entries move to the bucket <c>number + 2^level</c>. Idempotent.</summary>
    /// <param name="level">The level before the split.</param>
    /// <returns><see cref="BucketStatus.Ok"/> when both halves are durable.</returns>
    [Alias("Split")]
    Task<BucketStatus> Split(int level);

    /// <summary>Makes this bucket, once: a later call changes nothing.</summary>
    [Alias("Install")]
    Task<BucketStatus> Install(BucketInstall contents);

    /// <summary>Clears the row, when its index is gone.</summary>
    [Alias("Clear")]
    Task<BucketStatus> Clear();
}
