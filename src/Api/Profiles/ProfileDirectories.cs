using Grains.Abstractions.Directories;
using Grains.Abstractions.Profiles;

namespace Api.Profiles;

/// <summary>What a directory takes from a profile when it is made.</summary>
internal static class ProfileDirectories
{
    /// <summary>A directory to make, with all that a profile says; what the request says itself is put over that.</summary>
    /// <param name="profile">The profile, valid.</param>
    /// <param name="tenant">The id of the tenant.</param>
    /// <param name="name">The name of the directory.</param>
    public static CreateDirectory NewDirectory(this Profile profile, string tenant, string name)
    {
        var extensions = profile.Extensions
            .Select(e => new DirectoryExtension
            {
                ResourceType = e.ResourceType!,
                Required = e.Required,
                Urn = e.Schema.GetProperty("id").GetString()!,
                Definition = e.Schema.GetRawText(),
            })
            .ToArray();
        var set = DirectorySchemas.Make([], extensions).Value;
        var filterable = profile.Attributes.Where(a => a.Filterable).Select(a => a.Path).ToList();
        return new CreateDirectory
        {
            Tenant = tenant,
            Name = name,
            Dialect = profile.Dialect is null ? DirectoryDialect.Entra : Enum.Parse<DirectoryDialect>(profile.Dialect, ignoreCase: true),
            UserIndexes = filterable.Count == 0 ? null : DirectoryIndexes.Canonical(filterable, set.User),
            GroupIndexes = profile.GroupIndexes is null ? null : DirectoryIndexes.Canonical(profile.GroupIndexes, set.Group),
            Extensions = extensions,
            ProvisioningOff = !profile.Provisioning,
            Profile = new ProfileSettings
            {
                Name = profile.Name,
                Rules = Rules(profile),
                TenantUrl = profile.TenantUrl is null ? TenantUrlForm.Shared : Enum.Parse<TenantUrlForm>(profile.TenantUrl.Form, ignoreCase: true),
                PathPrefix = profile.TenantUrl?.Prefix ?? "",
                CustomAttributes = profile.CustomAttributes,
            },
        };
    }

    private static DirectoryRules Rules(Profile profile) => new()
    {
        UserAttributes =
        [
            .. profile.Attributes
                .Where(a => a.Required || a.Format is not null)
                .Select(a => new AttributeRule { Path = a.Path, Required = a.Required, Format = a.Format is null ? AttributeFormat.None : AttributeFormat.Email }),
        ],
        BlankClears = profile.BlankClears,
        WithoutGroups = !profile.Groups,
        Archives = profile.Archive is not null,
        RetentionDays = profile.Archive?.RetentionDays ?? 0,
        Invites = profile.Invitations,
        OrgUnits = [.. profile.OrgUnits.Select(u => new OrgUnitRule { Kind = u.Kind, Paths = [.. u.Paths] })],
    };
}
