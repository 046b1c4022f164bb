namespace Grains.Abstractions.Directories;

/// <summary>Where an index that was added or taken away after its directory was made stands.</summary>
[GenerateSerializer, Alias("muster.IndexStatus")]
public enum IndexStatus
{
    /// <summary>Whoever writes keeps it, and filters go by it.</summary>
    Ready,

    /// <summary>Whoever writes keeps it, and who stood there before is being put in. Filters do not go by it yet.</summary>
    Building,

    /// <summary>Filters no longer go by it. Whoever writes still keeps it: a query that began before may have it in hand.</summary>
    Removing,

    /// <summary>Nobody keeps it any more, and its rows are being cleared.</summary>
    Clearing,
}
