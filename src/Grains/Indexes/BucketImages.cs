namespace Grains.Indexes;

/// <summary>
/// Where the states of a bucket that come of one another find the newest image. Any image serves any of them: what an entry is, is told by
/// the entry itself.
/// </summary>
internal sealed class BucketImages
{
    /// <summary>The image of the row that was written last.</summary>
    public BucketImage Newest { get; set; } = BucketImage.None;
}
