namespace Grains.Abstractions.Platform;

/// <summary>An admin key to add. The secret is made by the front and never crosses to a grain.</summary>
[GenerateSerializer, Immutable, Alias("muster.IssueAdminKey")]
public sealed record IssueAdminKey
{
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>SHA-256 of the secret part, 32 bytes.</summary>
    [Id(1)]
    public required byte[] Hash { get; init; }

    [Id(2)]
    public required string LastFour { get; init; }

    /// <summary>The tenant that the key is for, or null for the whole platform.</summary>
    [Id(3)]
    public string? Tenant { get; init; }
}
