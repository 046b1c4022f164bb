namespace Grains.Abstractions.Auditing;

/// <summary>What became of a change.</summary>
[GenerateSerializer, Immutable, Alias("muster.AuditOutcome")]
public sealed record AuditOutcome
{
    [Id(0)]
    public required DateTimeOffset At { get; init; }

    /// <summary>The HTTP status that it was answered with.</summary>
    [Id(1)]
    public required int Status { get; init; }

    /// <summary>What is another than it was.</summary>
    [Id(2)]
    public AuditChange[] Changes { get => field ?? []; init; } = [];
}
