namespace Api.Scim;

/// <summary>What the host of a request says.</summary>
/// <param name="Directory">The id of the directory.</param>
/// <param name="Prefix">What stood before <c>/scim/v2</c>, without slashes at its ends.</param>
internal sealed record HostAddress(string Directory, string Prefix);
