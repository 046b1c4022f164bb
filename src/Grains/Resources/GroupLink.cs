namespace Grains.Resources;

/// <summary>That a resource is in a group, or was.</summary>
[GenerateSerializer, Immutable, Alias("muster.GroupLink")]
public sealed record GroupLink
{
    /// <summary>The group's id.</summary>
    [Id(0)]
    public string Group { get; init; } = "";

    /// <summary>The version of the group's row that said so last.</summary>
    [Id(1)]
    public long Version { get; init; }

    /// <summary>When the resource left, in Unix seconds; 0 while it is in the group.</summary>
    [Id(2)]
    public long Left { get; init; }
}
