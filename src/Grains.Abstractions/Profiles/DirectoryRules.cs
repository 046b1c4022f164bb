namespace Grains.Abstractions.Profiles;

/// <summary>What a directory's profile asks of its users and does with them: of each profile the part that grains go by.</summary>
[GenerateSerializer, Immutable, Alias("muster.DirectoryRules")]
public sealed record DirectoryRules
{
    /// <summary>The rules of a directory without a profile: those of the standards alone.</summary>
    public static DirectoryRules Standard { get; } = new();

    /// <summary>Whether the directory's schemas are others than without these rules.</summary>
    public bool ShapeSchemas => UserAttributes.Length > 0 || BlankClears || WithoutGroups;

    [Id(0)]
    public AttributeRule[] UserAttributes { get => field ?? []; init; } = [];

    /// <summary>A text of white space alone clears its attribute, as <c>""</c> does: Entra does not send what was cleared, and a blank is what its admins put instead.</summary>
    [Id(1)]
    public bool BlankClears { get; init; }

    /// <summary>There are no groups: <c>/Groups</c> is 404, and nothing lists it.</summary>
    [Id(2)]
    public bool WithoutGroups { get; init; }

    /// <summary>A deleted user is kept in the archive, where an admin can read and restore it; one that is disabled counts as archived, too.</summary>
    [Id(3)]
    public bool Archives { get; init; }

    /// <summary>After how many days a deleted user leaves the archive for good; 0 for never.</summary>
    [Id(4)]
    public int RetentionDays { get; init; }

    /// <summary>A new user is uninvited until an admin invites it. SCIM neither reads nor writes that.</summary>
    [Id(5)]
    public bool Invites { get; init; }

    [Id(6)]
    public OrgUnitRule[] OrgUnits { get => field ?? []; init; } = [];
}
