namespace Api.Admin;

/// <summary>How far the removal of a tenant has come.</summary>
/// <param name="Started">When it was asked for.</param>
/// <param name="Directories">How many of its directories are still to go; each shows its own progress.</param>
public sealed record TenantRemovalProgress(DateTimeOffset Started, int Directories);
