namespace Grains.Abstractions.Auditing;

/// <summary>Which entries of an audit record are asked for.</summary>
[GenerateSerializer, Immutable, Alias("muster.AuditQuery")]
public sealed record AuditQuery
{
    /// <summary>Only entries before this sequence; null for the newest.</summary>
    [Id(0)]
    public long? Before { get; init; }

    /// <summary>How many at the most.</summary>
    [Id(1)]
    public required int Count { get; init; }

    /// <summary>Not before this time.</summary>
    [Id(2)]
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this time.</summary>
    [Id(3)]
    public DateTimeOffset? To { get; init; }

    /// <summary>One of the entry's targets, as <c>directory:…</c>.</summary>
    [Id(4)]
    public string? Target { get; init; }

    /// <summary>The id of who did it.</summary>
    [Id(5)]
    public string? Actor { get; init; }

    /// <summary>Whether an entry is asked for, but for its sequence.</summary>
    public bool Takes(AuditEntry entry) =>
        (From is null || entry.At >= From)
        && (To is null || entry.At < To)
        && (Target is null || Array.IndexOf(entry.Targets, Target) >= 0)
        && (Actor is null || entry.Actor == Actor);
}
