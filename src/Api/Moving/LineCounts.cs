namespace Api.Moving;

/// <summary>What the lines of a file hold.</summary>
/// <param name="Lines">How many there are.</param>
/// <param name="Users">How many users.</param>
/// <param name="Groups">How many groups.</param>
/// <param name="Members">How many memberships.</param>
/// <param name="Resources">How many resources of the directory's own types.</param>
/// <param name="Archived">How many users in the archive.</param>
/// <param name="OrgUnits">How many org units.</param>
internal sealed record LineCounts(long Lines, long Users, long Groups, long Members, long Resources = 0, long Archived = 0, long OrgUnits = 0);
