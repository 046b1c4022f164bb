namespace Grains.Abstractions.Auditing;

/// <summary>One change by an admin: who, when, from where, what, and what became of it. It holds no secret.</summary>
[GenerateSerializer, Immutable, Alias("muster.AuditEntry")]
public sealed record AuditEntry
{
    /// <summary>Its place in the record, from 0.</summary>
    [Id(0)]
    public long Sequence { get; init; }

    /// <summary>Drawn by who begins it, so that it is known again when that is tried twice.</summary>
    [Id(1)]
    public string Id { get => field ?? ""; init; } = "";

    [Id(2)]
    public DateTimeOffset At { get; init; }

    /// <summary>The id of the admin key, <c>configured</c> for that of the settings, or <c>setup-link:…</c>.</summary>
    [Id(3)]
    public string Actor { get => field ?? ""; init; } = "";

    /// <summary>What people call it.</summary>
    [Id(4)]
    public string ActorName { get => field ?? ""; init; } = "";

    /// <summary><c>platform</c>, <c>tenant:…</c> or <c>directory:…</c>.</summary>
    [Id(5)]
    public string Scope { get => field ?? ""; init; } = "";

    /// <summary>The address that the request came from.</summary>
    [Id(6)]
    public string? Address { get; init; }

    [Id(7)]
    public string Method { get => field ?? ""; init; } = "";

    /// <summary>The pattern of the endpoint.</summary>
    [Id(8)]
    public string Route { get => field ?? ""; init; } = "";

    /// <summary>What it was done to: <c>tenant:…</c>, <c>directory:…</c>, <c>key:…</c>.</summary>
    [Id(9)]
    public string[] Targets { get => field ?? []; init; } = [];

    /// <summary>The id by which the request is found in logs.</summary>
    [Id(10)]
    public string? CorrelationId { get; init; }

    /// <summary>What became of it; null while it is only begun, or where the process ended before it was known.</summary>
    [Id(11)]
    public AuditOutcome? Outcome { get; init; }

    /// <summary>Puts what became of it in; what is known already stays.</summary>
    public AuditEntry With(AuditEnd end) => Outcome is not null ? this : this with { Outcome = end.Outcome, Targets = end.Targets };
}
