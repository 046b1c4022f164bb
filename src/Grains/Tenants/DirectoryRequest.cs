namespace Grains.Tenants;

/// <summary>A request for a directory that may come again, as its answer may have been lost.</summary>
[GenerateSerializer, Immutable, Alias("muster.DirectoryRequest")]
public sealed record DirectoryRequest
{
    /// <summary>What it is known by again.</summary>
    [Id(0)]
    public string Request { get; init; } = "";

    /// <summary>The id of the directory that was listed for it.</summary>
    [Id(1)]
    public string Directory { get; init; } = "";

    /// <summary>The digest of its body.</summary>
    [Id(2)]
    public string? Digest { get; init; }
}
