using System.ComponentModel;

namespace Api.Profiles;

/// <summary>
/// A product profile: what directories that are made from it ask of users and do with them. Data, not code: see
/// <c>profiles/*.json</c> and <c>profiles/profile.schema.json</c>.
/// </summary>
public sealed record Profile
{
    [Description("The JSON schema of this file, for editors. Muster does not read it.")]
    [System.Text.Json.Serialization.JsonPropertyName("$schema")]
    public string? JsonSchema { get; init; }

    [Description("The name by which a directory is made from it: 1 to 64 characters of a-z, 0-9 and -.")]
    public string Name { get; init; } = "";

    [Description("What people call the product.")]
    public string? Title { get; init; }

    public string? Description { get; init; }

    [Description("entra, okta or strict; entra where it is not given.")]
    public string? Dialect { get; init; }

    [Description("Which form of the Tenant URL admins are shown.")]
    public ProfileAddress? TenantUrl { get; init; }

    [Description("Whether directories have groups. Where not, /Groups is 404 and nothing lists it.")]
    public bool Groups { get; init; } = true;

    [Description("The attributes of users that the product uses: which it requires, and by which users are found without looking at all of them.")]
    public IReadOnlyList<ProfileAttribute> Attributes { get; init; } = [];

    [Description("The attributes by which groups are found without looking at all of them; displayName and externalId where it is not given.")]
    public IReadOnlyList<string>? GroupIndexes { get; init; }

    [Description("Schema extensions (RFC 7643 §3.3) that each directory begins with.")]
    public IReadOnlyList<Admin.ExtensionDefinition> Extensions { get; init; } = [];

    [Description("The URN of the extension below which an admin of a directory may declare attributes by name and type.")]
    public string? CustomAttributes { get; init; }

    [Description("A text of white space alone clears its attribute.")]
    public bool BlankClears { get; init; }

    [Description("Deleted users are kept, where an admin can read and restore them; disabled ones count as archived.")]
    public ProfileArchive? Archive { get; init; }

    [Description("A new user is uninvited until an admin invites it; SCIM neither reads nor writes that.")]
    public bool Invitations { get; init; }

    [Description("What of a user's data becomes an org unit on first sight.")]
    public IReadOnlyList<ProfileOrgUnit> OrgUnits { get; init; } = [];

    [Description("Whether directories begin with provisioning switched on. Switched off, every SCIM request is 403 and changes nothing.")]
    public bool Provisioning { get; init; } = true;
}
