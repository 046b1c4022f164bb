namespace Grains.Embedded;

/// <summary>A row of a store that is not at work.</summary>
/// <param name="Type">The grain type.</param>
/// <param name="Key">The grain's key.</param>
/// <param name="Name">The state's name.</param>
/// <param name="Data">The state as it is stored.</param>
/// <param name="IsWhole">Whether its checksum is right.</param>
public sealed record OfflineRow(string Type, string Key, string Name, byte[] Data, bool IsWhole);
