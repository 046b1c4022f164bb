namespace Grains.Abstractions.Auditing;

/// <summary>What became of an entry that was begun.</summary>
[GenerateSerializer, Immutable, Alias("muster.AuditEnd")]
public sealed record AuditEnd
{
    [Id(0)]
    public required long Sequence { get; init; }

    /// <summary>The entry's id.</summary>
    [Id(1)]
    public required string Id { get; init; }

    [Id(2)]
    public required AuditOutcome Outcome { get; init; }

    /// <summary>What it was done to, with the ids of what it made.</summary>
    [Id(3)]
    public required string[] Targets { get; init; }
}
