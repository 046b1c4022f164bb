namespace Bench.Processes;

/// <summary>Storage operations, as the server counts them.</summary>
internal sealed record StorageCounts(long Reads, long Writes, long Clears)
{
    /// <summary>What came since an earlier count.</summary>
    public StorageCounts Since(StorageCounts earlier) => new(Reads - earlier.Reads, Writes - earlier.Writes, Clears - earlier.Clears);
}
