namespace Grains.Abstractions.Directories;

/// <summary>A directory key to add. The secret is made by the front and never crosses to a grain.</summary>
[GenerateSerializer, Immutable, Alias("muster.IssueKey")]
public sealed record IssueKey
{
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>SHA-256 of the token's secret part, 32 bytes.</summary>
    [Id(1)]
    public required byte[] Hash { get; init; }

    [Id(2)]
    public required string LastFour { get; init; }

    [Id(3)]
    public DateTimeOffset? Expires { get; init; }
}
