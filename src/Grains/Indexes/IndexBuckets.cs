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

    /// <summary>Clears all buckets, from the last to the first.</summary>
    /// <param name="width">How many there are as far as is known.</param>
    /// <returns>False where storage did not confirm all of it.</returns>
    public async Task<bool> Clear(long width)
    {
        // A split whose width was never written down has made a bucket behind the last one known.
        while ((await this[width].List(default, 0)).Status != BucketStatus.NotInstalled)
        {
            width++;
        }

        var cleared = true;
        for (var number = width - 1; number >= 0; number--)
        {
            cleared &= await this[number].Clear() == BucketStatus.Ok;
        }

        return cleared;
    }
}
