namespace Grains.Abstractions.OrgUnits;

/// <summary>Where a user stands by one kind of org units.</summary>
[GenerateSerializer, Immutable, Alias("muster.UserOrgUnit")]
public sealed record UserOrgUnit
{
    [Id(0)]
    public required string Kind { get; init; }

    /// <summary>The unit; null where the user is unassigned.</summary>
    [Id(1)]
    public string? Slug { get; init; }

    /// <summary>The name that the user's data has; null where it has none.</summary>
    [Id(2)]
    public string? Name { get; init; }
}
