namespace Grains.Abstractions.Indexes;

/// <summary>How a bucket took a request.</summary>
[GenerateSerializer, Alias("muster.BucketStatus")]
public enum BucketStatus
{
    /// <summary>Done, or already so.</summary>
    Ok,

    /// <summary>The value belongs to another; a claim was refused.</summary>
    Lost,

    /// <summary>The value has moved to another bucket when this one split: ask again by the level that is given.</summary>
    Moved,

    /// <summary>The bucket does not exist yet: ask its parent.</summary>
    NotInstalled,

    /// <summary>Storage did not confirm; the outcome is unknown and a retry is in order.</summary>
    Retry,
}
