namespace Api.Admin;

/// <summary>Which attributes a directory's resources are to be found by without looking at all of them.</summary>
/// <param name="UserIndexes">
/// Of users, up to 8: paths such as <c>externalId</c> or <c>emails[type eq "work"].value</c>. <c>userName</c> is always one of them. Not
/// given, they stay as they are.
/// </param>
/// <param name="GroupIndexes">The same of groups.</param>
public sealed record IndexSettings(IReadOnlyList<string?>? UserIndexes = null, IReadOnlyList<string?>? GroupIndexes = null);
