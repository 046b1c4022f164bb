namespace Grains.Abstractions.OrgUnits;

/// <summary>What came of a change of an org unit.</summary>
[GenerateSerializer, Immutable, Alias("muster.OrgUnitReply")]
public sealed record OrgUnitReply
{
    /// <summary>Why not; null where it was done.</summary>
    [Id(0)]
    public GrainError? Error { get; init; }

    /// <summary>The unit as it now is; null where it is gone.</summary>
    [Id(1)]
    public OrgUnit? Unit { get; init; }

    /// <summary>Of an import: it stood there just so, and nothing was changed.</summary>
    [Id(2)]
    public bool AlreadyThere { get; init; }
}
