namespace Grains.Abstractions.Profiles;

/// <summary>What a directory took from its profile when it was made. A profile that changes later does not change directories.</summary>
[GenerateSerializer, Immutable, Alias("muster.ProfileSettings")]
public sealed record ProfileSettings
{
    /// <summary>The name of the profile.</summary>
    [Id(0)]
    public required string Name { get; init; }

    [Id(1)]
    public DirectoryRules Rules { get => field ?? DirectoryRules.Standard; init; } = DirectoryRules.Standard;

    [Id(2)]
    public TenantUrlForm TenantUrl { get; init; }

    /// <summary>What stands before <c>/scim/v2</c> in the address, without slashes at its ends: <c>rfpserver</c>; empty for nothing.</summary>
    [Id(3)]
    public string PathPrefix { get => field ?? ""; init; } = "";

    /// <summary>The namespace below which an admin may declare attributes by name: <c>urn:…:freshservice:2.0:User</c>; null for none.</summary>
    [Id(4)]
    public string? CustomAttributes { get; init; }
}
