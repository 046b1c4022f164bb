namespace Grains.Abstractions.Resources;

/// <summary>A group tells a member that it joined or left.</summary>
[GenerateSerializer, Immutable, Alias("muster.Membership")]
public sealed record Membership
{
    /// <summary>The group's id.</summary>
    [Id(0)]
    public required string Group { get; init; }

    /// <summary>The version of the group's row in which the change was committed.</summary>
    [Id(1)]
    public required long Version { get; init; }
}
