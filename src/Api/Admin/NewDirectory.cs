namespace Api.Admin;

/// <summary>A directory to make.</summary>
/// <param name="Name">What people call it, 1 to 200 characters.</param>
/// <param name="Id">The id, 3 to 40 characters of <c>[a-z0-9-]</c>; drawn where it is not given.</param>
/// <param name="Dialect"><c>entra</c> (the default), <c>okta</c> or <c>strict</c>; the profile's where it is not given.</param>
/// <param name="UserIndexes">
/// The attributes by which users are found without looking at all of them, up to 8: paths such as <c>externalId</c> or
/// <c>emails[type eq "work"].value</c>. <c>userName</c> is always one of them. <c>userName</c> and <c>externalId</c> where it is not given.
/// </param>
/// <param name="GroupIndexes">The same of groups; <c>displayName</c> and <c>externalId</c> where it is not given.</param>
/// <param name="Limits">What it is limited to. For admins of the platform only.</param>
/// <param name="Profile">The name of the product profile that it is made from; without one nothing is asked but what the standards ask.</param>
public sealed record NewDirectory(
    string? Name,
    string? Id = null,
    string? Dialect = null,
    IReadOnlyList<string?>? UserIndexes = null,
    IReadOnlyList<string?>? GroupIndexes = null,
    string? Profile = null,
    Limits? Limits = null);
