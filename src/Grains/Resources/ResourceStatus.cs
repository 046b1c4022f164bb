namespace Grains.Resources;

/// <summary>Whether a row holds a resource.</summary>
[GenerateSerializer, Alias("muster.ResourceStatus")]
public enum ResourceStatus
{
    /// <summary>There is no row.</summary>
    Absent,

    /// <summary>The resource stands.</summary>
    Live,

    /// <summary>It was deleted, or never came to be; the row stays for ten minutes so that a write in flight fails.</summary>
    Tombstone,
}
