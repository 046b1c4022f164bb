namespace Grains.Abstractions.Platform;

/// <summary>An admin key as admins see it: never the secret.</summary>
[GenerateSerializer, Immutable, Alias("muster.AdminKey")]
public sealed record AdminKey
{
    [Id(0)]
    public required string Id { get; init; }

    [Id(1)]
    public required string Name { get; init; }

    /// <summary>The tenant that the key is for, or null for the whole platform.</summary>
    [Id(2)]
    public string? Tenant { get; init; }

    /// <summary>The last four characters of the secret.</summary>
    [Id(3)]
    public required string LastFour { get; init; }

    [Id(4)]
    public required DateTimeOffset Created { get; init; }
}
