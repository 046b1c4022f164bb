namespace Api.Admin;

/// <summary>A directory to make.</summary>
/// <param name="Name">What people call it, 1 to 200 characters.</param>
/// <param name="Id">The id, 3 to 40 characters of <c>[a-z0-9-]</c>; drawn where it is not given.</param>
/// <param name="Dialect"><c>entra</c> (the default), <c>okta</c> or <c>strict</c>.</param>
public sealed record NewDirectory(string? Name, string? Id = null, string? Dialect = null);
