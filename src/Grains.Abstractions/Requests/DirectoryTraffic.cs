namespace Grains.Abstractions.Requests;

/// <summary>What a directory's clients did lately, as the request log counts it. Times are Unix milliseconds; 0 stands for never.</summary>
[GenerateSerializer, Immutable, Alias("muster.DirectoryTraffic")]
public sealed record DirectoryTraffic
{
    /// <summary>Nothing has come yet.</summary>
    public static DirectoryTraffic None { get; } = new();

    /// <summary>Those of the last 24 hours in which something came, oldest first.</summary>
    [Id(0)]
    public TrafficSlot[] Slots { get; init; } = [];

    /// <summary>When the first interval of <see cref="Points"/> began.</summary>
    [Id(1)]
    public long Since { get; init; }

    /// <summary>How long each interval of <see cref="Points"/> is, in milliseconds.</summary>
    [Id(2)]
    public long Interval { get; init; }

    /// <summary>What was made in each interval since the first request; their length grows so that their number does not.</summary>
    [Id(3)]
    public ProgressPoint[] Points { get; init; } = [];

    /// <summary>Requests whose credential was good, ever.</summary>
    [Id(4)]
    public long Requests { get; init; }

    [Id(5)]
    public long LastRequest { get; init; }

    [Id(6)]
    public long LastSuccess { get; init; }

    /// <summary>The last request that failed, or whose credential is one that no longer opens; without bodies.</summary>
    [Id(7)]
    public LoggedRequest? LastFailure { get; init; }

    /// <summary>The last Test Connection of Entra, without bodies.</summary>
    [Id(8)]
    public LoggedRequest? LastTest { get; init; }

    /// <summary>When a credential that this platform once made was last refused: revoked, expired.</summary>
    [Id(9)]
    public long KnownCredentialRefused { get; init; }

    /// <summary>When a credential that this platform never made was last refused.</summary>
    [Id(10)]
    public long UnknownCredentialRefused { get; init; }

    /// <summary>When an address was last asked for that is not below the Tenant URL.</summary>
    [Id(11)]
    public long AddressUnknown { get; init; }

    [Id(12)]
    public string? CredentialId { get; init; }

    /// <summary>How many entries the log lacks as a front had to drop them, ever.</summary>
    [Id(13)]
    public long Dropped { get; init; }

    [Id(14)]
    public long CredentialUsed { get; init; }

    [Id(15)]
    public string? UserAgent { get; init; }

    [Id(16)]
    public long EntraSeen { get; init; }

    [Id(17)]
    public long OktaSeen { get; init; }

    [Id(18)]
    public long EntraDefaultPatch { get; init; }

    [Id(19)]
    public long EntraFlaggedPatch { get; init; }

    [Id(20)]
    public long StandardPatch { get; init; }

    /// <summary>When a user, a group or a membership was last made.</summary>
    [Id(21)]
    public long LastMade { get; init; }
}
