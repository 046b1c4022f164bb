namespace Grains.Embedded;

/// <summary>One stored row of a grain, without its value.</summary>
public interface IStorage
{
    /// <summary>The version of the row as last read or written; null if there is none.</summary>
    string? Etag { get; }

    bool RecordExists { get; }

    Task ClearStateAsync();

    Task WriteStateAsync();

    Task ReadStateAsync();

    // Orleans 10.0 to 10.2 ignore the token too.
    Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

    Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

    Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
}
