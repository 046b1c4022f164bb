namespace Api.Admin;

/// <summary>A change of a directory, as a JSON Merge Patch (RFC 7396): what is not given stays.</summary>
/// <param name="Name">What people call it, 1 to 200 characters.</param>
/// <param name="Dialect"><c>entra</c>, <c>okta</c> or <c>strict</c>.</param>
/// <param name="Limits">What it is limited to; null, of a limit or of all, takes it away. For admins of the platform only.</param>
public sealed record DirectoryPatch(string? Name = null, string? Dialect = null, Limits? Limits = null);
