using System.ComponentModel;

namespace Api.Profiles;

/// <summary>A kind of org unit that users' data names.</summary>
public sealed record ProfileOrgUnit
{
    [Description("site, department, role, or a kind of your own: 1 to 32 characters of a-z, 0-9 and -.")]
    public string Kind { get; init; } = "";

    [Description("Where the name of the unit is found: the first of these paths that has a value which is not blank.")]
    public IReadOnlyList<string> Paths { get; init; } = [];
}
