namespace Api.Admin;

/// <summary>Storage operations since the start of this process, of all directories.</summary>
/// <param name="Reads">Rows read.</param>
/// <param name="Writes">Rows written.</param>
/// <param name="Clears">Rows cleared.</param>
public sealed record StorageOperations(long Reads, long Writes, long Clears);
