using Grains.Abstractions;
using Grains.Abstractions.Indexes;

namespace Grains.Indexes;

/// <summary>All buckets of an index.</summary>
/// <param name="grains">The cluster.</param>
/// <param name="directory">The directory's id.</param>
/// <param name="index">The index.</param>
internal sealed class IndexBuckets(IGrainFactory grains, string directory, string index)
{
    /// <summary>The bucket of that number.</summary>
    public IBucketGrain this[long number] => grains.GetGrain<IBucketGrain>(GrainKeys.Bucket(directory, index, number));

    /// <summary>
    /// Clears all buckets, each after those that came from it: so one that was interrupted finds the rest. The buckets themselves know
    /// what came from them. A width does not: splits side by side may have been interrupted with a later bucket made, an earlier not.
    /// </summary>
    /// <returns>False where storage did not confirm all of it.</returns>
    public Task<bool> Clear() => Clear(number: 0, madeAt: 0);

    private async Task<bool> Clear(long number, int madeAt)
    {
        var page = await this[number].List(new IndexPosition { Order = SplitOrder.Reverse((ulong)number) }, 0);
        if (page.Status == BucketStatus.NotInstalled)
        {
            return true;
        }

        if (page.Status == BucketStatus.Retry)
        {
            return false;
        }

        var cleared = true;
        for (var level = page.Level - 1; level >= madeAt; level--)
        {
            cleared &= await Clear(SplitOrder.TargetOf(number, level), level + 1);
        }

        return cleared && await this[number].Clear() == BucketStatus.Ok;
    }
}
