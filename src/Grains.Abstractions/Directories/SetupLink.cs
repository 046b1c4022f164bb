namespace Grains.Abstractions.Directories;

/// <summary>A setup link, without its secret.</summary>
[GenerateSerializer, Immutable, Alias("muster.SetupLink")]
public sealed record SetupLink
{
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>What people call it; null for nothing.</summary>
    [Id(1)]
    public string? Label { get; init; }

    [Id(2)]
    public required DateTimeOffset Created { get; init; }

    [Id(3)]
    public required DateTimeOffset Expires { get; init; }

    /// <summary>What may be made by it.</summary>
    [Id(4)]
    public SetupWay[] Ways { get => field ?? []; init; } = [];

    /// <summary>When its page was first shown; null where it was not.</summary>
    [Id(5)]
    public DateTimeOffset? Opened { get; init; }

    [Id(6)]
    public DateTimeOffset? Used { get; init; }

    [Id(7)]
    public DateTimeOffset? Withdrawn { get; init; }

    /// <summary>Of a used one: what was made.</summary>
    [Id(8)]
    public SetupWay? Way { get; init; }

    /// <summary>Of a used one: the id of the key or client that was made.</summary>
    [Id(9)]
    public string? Made { get; init; }
}
