namespace Grains.Embedded;

/// <summary>A backup that was made and found whole.</summary>
/// <param name="File">The file, as a full path.</param>
/// <param name="Bytes">How large it is.</param>
/// <param name="Rows">How many rows it holds; the checksum of each was compared.</param>
/// <param name="Duration">How long it took, the checking included.</param>
public sealed record SqliteBackup(string File, long Bytes, long Rows, TimeSpan Duration);
