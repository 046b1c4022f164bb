namespace Grains.Abstractions.Directories;

/// <summary>What a directory is limited to. What is null is not limited, or as the server's settings have it.</summary>
[GenerateSerializer, Immutable, Alias("muster.DirectoryLimits")]
public sealed record DirectoryLimits
{
    /// <summary>Requests a second, instead of the server's setting; 0 for no limit.</summary>
    [Id(0)]
    public int? RequestsPerSecond { get; init; }

    /// <summary>The largest request body, in bytes, within the server's setting.</summary>
    [Id(1)]
    public int? MaxRequestBytes { get; init; }

    /// <summary>How many users there may be; more are not made.</summary>
    [Id(2)]
    public long? MaxUsers { get; init; }

    /// <summary>How many groups there may be; more are not made.</summary>
    [Id(3)]
    public long? MaxGroups { get; init; }

    /// <summary>How many resources of a type there may be, or null.</summary>
    public long? MostOf(string resourceType) => resourceType switch
    {
        "User" => MaxUsers,
        "Group" => MaxGroups,
        _ => null,
    };
}
