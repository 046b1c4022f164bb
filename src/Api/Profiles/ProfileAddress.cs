using System.ComponentModel;

namespace Api.Profiles;

/// <summary>The form of the Tenant URL that a profile shows.</summary>
public sealed record ProfileAddress
{
    [Description("shared (the token names the directory), path (/directories/{directory}/scim/v2) or host ({directory}.{domain}/{prefix}/scim/v2, which needs the setting Api:Domain).")]
    public string Form { get; init; } = "shared";

    [Description("With host: what stands before /scim/v2, such as rfpserver.")]
    public string? Prefix { get; init; }
}
