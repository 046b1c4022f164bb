namespace Grains.Abstractions.Queries;

/// <summary>Where the walks through a directory's lists were when the last resource came or went: what is left of them when a process ends.</summary>
[Alias("muster.IListWalksGrain")]
public interface IListWalksGrain : IGrainWithStringKey
{
    /// <summary>Keeps these places instead of those before.</summary>
    /// <exception cref="Exception">Storage did not confirm.</exception>
    [Alias("Keep")]
    Task Keep(WalkPlace[] places);

    /// <summary>The places that were kept.</summary>
    [Alias("Read")]
    ValueTask<WalkPlace[]> Read();

    /// <summary>Clears the row, when the directory is removed.</summary>
    /// <returns>False where storage did not confirm.</returns>
    [Alias("Clear")]
    Task<bool> Clear();
}
