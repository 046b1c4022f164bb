namespace Api.Admin;

/// <summary>How far the removal of a directory has come.</summary>
/// <param name="Started">When it was asked for.</param>
/// <param name="Cleared">Resources cleared since the server last took it up.</param>
public sealed record Removal(DateTimeOffset Started, long Cleared);
