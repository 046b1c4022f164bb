using Grains.Abstractions.Requests;

namespace Api.Requests;

/// <summary>
/// What a directory's traffic says of its connection. The thresholds are those by which Entra puts a job in quarantine: wrong credentials
/// or an unknown address at once; 5,000 failures with more than 40% failing; 40,000 failures. It counts within a cycle; this, within 24 hours.
/// </summary>
/// <param name="traffic">The traffic.</param>
/// <param name="now">The time.</param>
internal sealed class TrafficReading(DirectoryTraffic traffic, DateTimeOffset now)
{
    public const long ManyFailures = 5_000;
    public const double ManyFailuresRatio = 0.4;
    public const long MostFailures = 40_000;

    /// <summary>From which part of a threshold on the risk is rising.</summary>
    private const double RisingFrom = 0.5;

    /// <summary>After that long without a request a connection is silent. A customer in whose directory nothing changes is, too.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromHours(24);

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>A former credential was refused since the last request that succeeded.</summary>
    private bool IsCredentialRefused => traffic.KnownCredentialRefused > traffic.LastSuccess;

    /// <summary>An address that there is not was asked for since the last request that succeeded.</summary>
    private bool IsAddressUnknown => traffic.AddressUnknown > traffic.LastSuccess;

    public ConnectionState State =>
        FailingReason is not null ? ConnectionState.Failing
        : traffic.Requests == 0 ? ConnectionState.NeverConnected
        : now.ToUnixTimeMilliseconds() - traffic.LastRequest > SilentAfter.TotalMilliseconds ? ConnectionState.Silent
        : ConnectionState.Connected;

    /// <summary>Why it is taken to be failing; null where it is not.</summary>
    public string? FailingReason
    {
        get
        {
            var (requests, failures) = Within(Hour);
            return IsCredentialRefused ? "Its credential was revoked or has expired."
                : IsAddressUnknown ? "It asks for an address that there is not below the Tenant URL."
                : traffic.Requests > 0 && traffic.LastSuccess == 0 ? "None of its requests has succeeded yet."
                : failures > requests * ManyFailuresRatio ? $"{failures} of {requests} requests of the last hour failed."
                : null;
        }
    }

    /// <summary>Requests and failures of the last day, with those whose former credential was refused, as far as can be told.</summary>
    public (long Requests, long Failures) LastDay => Within(Day);

    /// <summary>What part of the nearest threshold is reached.</summary>
    public double Level
    {
        get
        {
            var (requests, failures) = LastDay;
            var ratio = requests == 0 ? 0 : (double)failures / requests;

            // Both are needed for the first: the lesser of the two says how far it is.
            return Math.Max(Math.Min((double)failures / ManyFailures, ratio / ManyFailuresRatio), (double)failures / MostFailures);
        }
    }

    public QuarantineRisk Risk =>
        IsCredentialRefused || IsAddressUnknown ? QuarantineRisk.Immediate
        : IsPassed ? QuarantineRisk.Reached
        : Level >= RisingFrom ? QuarantineRisk.Rising
        : QuarantineRisk.Low;

    /// <summary>What makes the risk so; null where it is low.</summary>
    public string? RiskReason
    {
        get
        {
            var (requests, failures) = LastDay;
            return Risk switch
            {
                QuarantineRisk.Low => null,
                QuarantineRisk.Immediate => FailingReason,
                _ => $"{failures} of {requests} requests of the last 24 hours failed; Entra takes {ManyFailures} with more than {ManyFailuresRatio * 100:0}% failing, or {MostFailures}.",
            };
        }
    }

    private bool IsPassed
    {
        get
        {
            var (requests, failures) = LastDay;
            return failures >= MostFailures || (failures >= ManyFailures && failures > requests * ManyFailuresRatio);
        }
    }

    /// <summary>Users made within a time.</summary>
    public long UsersMadeWithin(TimeSpan time) => Slots(time).Sum(s => s.UsersMade);

    private (long Requests, long Failures) Within(TimeSpan time) => (Slots(time).Sum(s => s.Requests), Slots(time).Sum(s => s.Failures));

    private IEnumerable<TrafficSlot> Slots(TimeSpan time)
    {
        var from = now.Add(-time).ToUnixTimeMilliseconds();
        return traffic.Slots.Where(s => s.Start + TrafficSlot.Length > from);
    }
}
