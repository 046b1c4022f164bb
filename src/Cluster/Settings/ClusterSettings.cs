namespace Cluster.Settings;

/// <summary>
/// The settings of a silo and of a front, by the usual .NET means: <c>appsettings.json</c>, environment, command line. All members of a
/// cluster have the same, but for the ports and the address.
/// </summary>
public sealed record ClusterSettings
{
    /// <summary>The default of <see cref="ServiceId"/> and <see cref="ClusterId"/>.</summary>
    public const string DefaultId = "muster";

    /// <summary>The default of <see cref="SiloPort"/>.</summary>
    public const int DefaultSiloPort = 11111;

    /// <summary>The default of <see cref="GatewayPort"/>.</summary>
    public const int DefaultGatewayPort = 30000;

    /// <summary><c>Cluster:ServiceId</c>: part of the key of each stored row. It never changes.</summary>
    public string ServiceId { get; init; } = DefaultId;

    /// <summary><c>Cluster:ClusterId</c>: silos and fronts of one id find each other. Another for each deployment that runs beside an older one.</summary>
    public string ClusterId { get; init; } = DefaultId;

    /// <summary>
    /// <c>Cluster:CoHost</c>, of a front: whether it runs the grains in its own process, as a silo of the cluster, instead of calling silos.
    /// A local call costs far less than one over the network.
    /// </summary>
    public bool CoHost { get; init; } = true;

    /// <summary><c>Cluster:SiloPort</c>: where other silos reach this one.</summary>
    public int SiloPort { get; init; } = DefaultSiloPort;

    /// <summary><c>Cluster:GatewayPort</c>: where fronts reach this silo.</summary>
    public int GatewayPort { get; init; } = DefaultGatewayPort;

    /// <summary><c>Cluster:Address</c>: the IP address that this silo tells others; null for the one that its host name has.</summary>
    public string? Address { get; init; }

    /// <summary><c>Cluster:Tls</c>: certificates for what silos and fronts say to each other; without them it is not encrypted.</summary>
    public TlsFiles Tls { get; init; } = new();

    /// <summary><c>Storage</c>: the account of the membership table, and of every row that is of no other account.</summary>
    public TableAccount Storage { get; init; } = new() { ConnectionString = TableAccount.Development };

    /// <summary>
    /// <c>Storage:Accounts:&lt;name&gt;</c>: further accounts. A directory whose id ends in <c>--&lt;name&gt;</c> is kept there, whole; new
    /// ones are spread over all accounts. A name is never taken off while directories of it are left.
    /// </summary>
    public IReadOnlyDictionary<string, TableAccount> Accounts { get; init; } = new Dictionary<string, TableAccount>(StringComparer.Ordinal);
}
