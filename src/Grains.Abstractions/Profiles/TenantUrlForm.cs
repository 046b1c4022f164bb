namespace Grains.Abstractions.Profiles;

/// <summary>Which form of its address a directory's admins are shown. All forms reach the directory, but for <see cref="Host"/>, which needs a domain.</summary>
[GenerateSerializer, Alias("muster.TenantUrlForm")]
public enum TenantUrlForm
{
    /// <summary><c>…/scim/v2</c>: the token alone names the directory.</summary>
    Shared,

    /// <summary><c>…/directories/{directory}/scim/v2</c>.</summary>
    Path,

    /// <summary><c>{directory}.{domain}/{prefix}/scim/v2</c>.</summary>
    Host,
}
