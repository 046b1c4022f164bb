namespace Grains.Abstractions.Profiles;

/// <summary>What of a user's data becomes an org unit.</summary>
[GenerateSerializer, Immutable, Alias("muster.OrgUnitRule")]
public sealed record OrgUnitRule
{
    /// <summary>The kind, as it stands in addresses and grain keys: <c>site</c>, <c>department</c>, <c>role</c>; 1 to 32 of <c>[a-z0-9-]</c>.</summary>
    [Id(0)]
    public required string Kind { get; init; }

    /// <summary>Where the name of the unit is found: the first of these paths that has a value which is not blank.</summary>
    [Id(1)]
    public required string[] Paths { get; init; }
}
