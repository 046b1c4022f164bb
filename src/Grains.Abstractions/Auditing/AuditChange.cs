namespace Grains.Abstractions.Auditing;

/// <summary>A setting that is another than it was.</summary>
[GenerateSerializer, Immutable, Alias("muster.AuditChange")]
public sealed record AuditChange
{
    /// <summary>Its name, as in the API.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>What it was, or null for nothing.</summary>
    [Id(1)]
    public string? Old { get; init; }

    /// <summary>What it is, or null for nothing.</summary>
    [Id(2)]
    public string? New { get; init; }
}
