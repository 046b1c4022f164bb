namespace Grains.Abstractions.Indexes;

/// <summary>A resource's claim to a value that is unique in its directory.</summary>
[GenerateSerializer, Immutable, Alias("muster.ClaimRequest")]
public sealed record ClaimRequest
{
    [Id(0)]
    public required IndexKey Key { get; init; }

    /// <summary>The claimant's id.</summary>
    [Id(1)]
    public required string Id { get; init; }

    /// <summary>The version of the claimant's row that the claim is made on behalf of.</summary>
    [Id(2)]
    public required long Version { get; init; }

    /// <summary>
    /// True for a create's claim, sent again or not: it is decided once for this id and version, and a refusal is written before it
    /// is told. False for a rename's first claim, which may be tried again.
    /// </summary>
    [Id(3)]
    public bool Final { get; init; }

    /// <summary>
    /// True where the claim may only be confirmed: a create that was cut off and never acknowledged must not win a name later that
    /// it does not hold. Where the bucket does not hold it for this id, it is refused like any final claim.
    /// </summary>
    [Id(4)]
    public bool ConfirmOnly { get; init; }
}
