namespace Api.Admin;

/// <summary>Where a user stands by a kind of org units.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Unit">The id of the unit; nothing where the user is unassigned.</param>
/// <param name="Name">The name that the user's data has.</param>
public sealed record UserOrgUnits(string Kind, string? Unit, string? Name);
