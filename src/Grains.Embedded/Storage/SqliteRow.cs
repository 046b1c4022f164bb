namespace Grains.Embedded;

/// <summary>A stored state: its bytes and its version.</summary>
#pragma warning disable CA1819 // Bytes, handed over.
public sealed record SqliteRow(string ETag, byte[] Data);
