using System.Net;
using System.Threading.RateLimiting;
using Api.Hosting;
using Api.Security;

namespace Api.Setup;

/// <summary>How often the page of setup links may be sent to from one address, so that nobody tries out links.</summary>
internal sealed class SetupRateLimit(MusterSettings settings) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(address =>
        settings.SetupRequestsPerMinute == 0
            ? RateLimitPartition.GetNoLimiter(address)
            : RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions { PermitLimit = settings.SetupRequestsPerMinute, Window = Window }));

    /// <summary>Takes one request.</summary>
    /// <returns>0, or after how many seconds to try again.</returns>
    public int Take(IPAddress? address)
    {
        using var lease = limiter.AttemptAcquire(ClientAddress.NameOf(address));
        return lease.IsAcquired ? 0
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))
            : (int)Window.TotalSeconds;
    }

    public void Dispose() => limiter.Dispose();
}
