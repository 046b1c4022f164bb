using Grains.Abstractions.Requests;
using Grains.Auditing;
using Grains.Directories;
using Grains.Queries;

namespace Api.Hosting;

/// <summary>The settings of a Muster server, by the usual .NET means: <c>appsettings.json</c>, environment, command line.</summary>
public sealed record MusterSettings
{
    /// <summary>The default of <see cref="RequestBytes"/>: 4 MiB.</summary>
    public const int DefaultRequestBytes = 4 << 20;

    /// <summary>The default of <see cref="MaxActivations"/>.</summary>
    public const int DefaultMaxActivations = 300_000;

    /// <summary>The default of <see cref="CursorSeconds"/>: an hour.</summary>
    public const int DefaultCursorSeconds = 3600;

    /// <summary>The default of <see cref="TokenRequestsPerMinute"/>.</summary>
    public const int DefaultTokenRequestsPerMinute = 60;

    /// <summary>The default of <see cref="SetupRequestsPerMinute"/>.</summary>
    public const int DefaultSetupRequestsPerMinute = 60;

    /// <summary>The default of <see cref="ClockSkewSeconds"/>: a minute.</summary>
    public const int DefaultClockSkewSeconds = 60;

    /// <summary>The default of <see cref="RequestLogDays"/>.</summary>
    public const int DefaultRequestLogDays = 30;

    /// <summary>The default of <see cref="RequestLogMegabytes"/>.</summary>
    public const int DefaultRequestLogMegabytes = 32;

    /// <summary>The default of <see cref="StoragePath"/>.</summary>
    public const string DefaultStoragePath = "data/muster.db";

    /// <summary><c>Storage:Path</c>: the database file of the embedded engine; its folder is made.</summary>
    public string StoragePath { get; init; } = DefaultStoragePath;

    /// <summary><c>Storage:CheckAtStart</c>: whether the structure of the whole file is checked at start, about 3 s for each GB.</summary>
    public bool StorageCheck { get; init; } = true;

    /// <summary><c>Storage:Backups</c>: the folder that backups are made in; by default <c>backups</c> beside the database.</summary>
    public string? StorageBackups { get; init; }

    /// <summary>The folder that backups are made in.</summary>
    public string BackupsFolder => StorageBackups ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(StoragePath))!, "backups");

    /// <summary><c>urls</c>, which the host reads too: where the server listens, by semicolons; null for the default.</summary>
    public string? Urls { get; init; }

    /// <summary><c>Limits:RequestsPerSecond</c>: how many requests a second a directory takes; 0 for no limit.</summary>
    public int RequestsPerSecond { get; init; } = DirectoryOptions.DefaultRequestsPerSecond;

    /// <summary><c>Limits:RequestBytes</c>: the largest request body, in bytes; more is 413.</summary>
    public int RequestBytes { get; init; } = DefaultRequestBytes;

    /// <summary><c>Limits:MaxScanned</c>: how many resources a filter without an index, or a sort, may look at; more is <c>tooMany</c>.</summary>
    public int MaxScanned { get; init; } = QueryOptions.DefaultMaxScanned;

    /// <summary><c>Limits:CursorSeconds</c>: for how long a cursor of a list is good (RFC 9865).</summary>
    public int CursorSeconds { get; init; } = DefaultCursorSeconds;

    /// <summary>
    /// <c>Limits:MaxActivations</c>: how many users, groups, buckets and the like the embedded engine keeps in memory;
    /// those unused for longest go first.
    /// </summary>
    public int MaxActivations { get; init; } = DefaultMaxActivations;

    /// <summary><c>Api:PublicUrl</c>: the address under which clients reach the server, where it is another than the one it listens on.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>
    /// <c>Api:Domain</c>: the domain below which each directory has a host of its own, <c>{directory}.{domain}</c>; null for none.
    /// </summary>
    public string? Domain { get; init; }

    /// <summary>
    /// <c>Api:Proxies</c>: the reverse proxies before the server, as IP addresses or networks (<c>10.0.0.0/8</c>), by commas. What
    /// <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> say is believed from them, and from nobody else.
    /// </summary>
    public string? Proxies { get; init; }

    /// <summary><c>Audit:Days</c>: for how many days what admins changed is kept on record.</summary>
    public int AuditDays { get; init; } = AuditOptions.DefaultDays;

    /// <summary><c>Admin:Key</c>: an admin key set from outside, at least 32 characters, accepted beside those that were issued.</summary>
    public string? AdminKey { get; init; }

    /// <summary><c>Limits:TokenRequestsPerMinute</c>: how many access tokens a client may ask for a minute from one address; 0 for no limit.</summary>
    public int TokenRequestsPerMinute { get; init; } = DefaultTokenRequestsPerMinute;

    /// <summary><c>Limits:SetupRequestsPerMinute</c>: how many forms of setup links are taken a minute from one address; 0 for no limit.</summary>
    public int SetupRequestsPerMinute { get; init; } = DefaultSetupRequestsPerMinute;

    /// <summary><c>OAuth:ClockSkewSeconds</c>: by how much the clock of an issuer of assertions may differ from this server's, 300 at the most.</summary>
    public int ClockSkewSeconds { get; init; } = DefaultClockSkewSeconds;

    /// <summary>
    /// <c>OAuth:PrivateNetworks</c>: whether the keys of an issuer of assertions may be fetched from private networks and from this machine,
    /// from the latter by <c>http</c> too. For development, and for issuers that the internet does not reach.
    /// </summary>
    public bool PrivateNetworks { get; init; }

    /// <summary><c>RequestLog:On</c>: whether the server keeps request logs at all. Off, there is no connection state and no progress, either.</summary>
    public bool RequestLog { get; init; } = true;

    /// <summary><c>RequestLog:Bodies</c>: which bodies are kept where a directory does not say: <c>none</c>, <c>requests</c>, <c>all</c>.</summary>
    public RequestBodies RequestBodies { get; init; } = RequestBodies.Requests;

    /// <summary><c>RequestLog:RetentionDays</c>: for how many days requests are kept where a directory does not say.</summary>
    public int RequestLogDays { get; init; } = DefaultRequestLogDays;

    /// <summary><c>RequestLog:Megabytes</c>: how large the log of one directory may become; then the oldest entries go.</summary>
    public int RequestLogMegabytes { get; init; } = DefaultRequestLogMegabytes;
}
