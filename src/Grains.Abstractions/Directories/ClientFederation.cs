namespace Grains.Abstractions.Directories;

/// <summary>By whose assertions a client may come in (RFC 7523): what its admin pasted, to the letter.</summary>
[GenerateSerializer, Immutable, Alias("muster.ClientFederation")]
public sealed record ClientFederation
{
    /// <summary>Drawn anew whenever something of it changes, so that the tokens made before end.</summary>
    [Id(0)]
    public string Id { get; init; } = "";

    /// <summary>The <c>iss</c> of assertions.</summary>
    [Id(1)]
    public required string Issuer { get; init; }

    /// <summary>Where the issuer's keys are.</summary>
    [Id(2)]
    public required string JwksUrl { get; init; }

    /// <summary>The <c>sub</c> of assertions.</summary>
    [Id(3)]
    public required string Subject { get; init; }

    /// <summary>The <c>aud</c> of assertions.</summary>
    [Id(4)]
    public required string Audience { get; init; }

    /// <summary>The <c>tid</c> of assertions, or null where it is not looked at.</summary>
    [Id(5)]
    public string? TenantId { get; init; }

    [Id(6)]
    public DateTimeOffset Created { get; init; }

    /// <summary>When an access token that was made by it was last used, or made.</summary>
    [Id(7)]
    public DateTimeOffset? LastUsed { get; init; }
}
