namespace Grains.Checking;

/// <summary>A row as a storage holds it.</summary>
/// <param name="Type">The grain type.</param>
/// <param name="Key">The grain's key.</param>
/// <param name="Name">The state's name.</param>
/// <param name="Data">The state as it is stored.</param>
/// <param name="IsWhole">Whether the row's checksum is right.</param>
public sealed record StoredRow(string Type, string Key, string Name, ReadOnlyMemory<byte> Data, bool IsWhole);
