namespace Grains.Abstractions.Auditing;

/// <summary>Some entries of an audit record, the newest first.</summary>
[GenerateSerializer, Immutable, Alias("muster.AuditPage")]
public sealed record AuditPage
{
    [Id(0)]
    public required AuditEntry[] Entries { get; init; }

    /// <summary>Before which sequence to go on; null where there are no more.</summary>
    [Id(1)]
    public long? Next { get; init; }
}
