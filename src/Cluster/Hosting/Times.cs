namespace Cluster.Hosting;

/// <summary>
/// How long a cluster waits for what may not come. The reasons, and what was measured with them, are in docs/cluster.md: whoever sends a
/// request is answered within 15 seconds, whatever has died.
/// </summary>
internal static class Times
{
    /// <summary>A call of a front: a request makes two, one after the other.</summary>
    public static readonly TimeSpan FrontCall = TimeSpan.FromSeconds(7);

    /// <summary>A call between grains, which ends before that of the front that waits for it.</summary>
    public static readonly TimeSpan GrainCall = TimeSpan.FromSeconds(6.5);

    /// <summary>Between two looks at the list of gateways.</summary>
    public static readonly TimeSpan GatewayRefresh = TimeSpan.FromSeconds(5);

    /// <summary>Between a front's tries to find a cluster.</summary>
    public static readonly TimeSpan ConnectPause = TimeSpan.FromSeconds(1);

    /// <summary>How long a silo that is asked whether it lives may take.</summary>
    public static readonly TimeSpan Probe = TimeSpan.FromSeconds(1);

    /// <summary>So many probes have to be missed.</summary>
    public const int MissedProbes = 3;

    /// <summary>So many silos have to agree, or all where there are fewer.</summary>
    public const int Votes = 2;

    /// <summary>Between two looks at the membership table, beside what silos tell each other.</summary>
    public static readonly TimeSpan TableRefresh = TimeSpan.FromSeconds(10);

    /// <summary>How often a silo writes that it lives, which is what a joining one goes by.</summary>
    public static readonly TimeSpan AliveWritten = TimeSpan.FromSeconds(5);

    /// <summary>A row of a silo that is long dead is deleted.</summary>
    public static readonly TimeSpan DeadForgotten = TimeSpan.FromHours(1);

    /// <summary>How long a silo may take to end what it is at when it is stopped.</summary>
    public static readonly TimeSpan Drain = TimeSpan.FromSeconds(25);
}
