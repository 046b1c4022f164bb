using System.Net;
using System.Threading.RateLimiting;
using Api.Hosting;
using Api.Security;

namespace Api.OAuth;

/// <summary>
/// How often one client may ask for an access token from one address. Ids that this platform did not make count as one client, so that to
/// invent them neither gains anything nor fills memory.
/// </summary>
internal sealed class TokenRateLimit(MusterSettings settings, ClientMint mint) : IDisposable
{
    private const string Unknown = "";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<(string Client, string Address)> limiter =
        PartitionedRateLimiter.Create<(string Client, string Address), (string Client, string Address)>(asked =>
            settings.TokenRequestsPerMinute == 0
                ? RateLimitPartition.GetNoLimiter(asked)
                : RateLimitPartition.GetFixedWindowLimiter(asked, _ => new FixedWindowRateLimiterOptions { PermitLimit = settings.TokenRequestsPerMinute, Window = Window }));

    /// <summary>Takes one request.</summary>
    /// <returns>0, or after how many seconds the client may try again.</returns>
    public int Take(string? clientId, IPAddress? address)
    {
        var client = clientId is not null && mint.TryReadClientId(clientId, out _, out _) ? clientId : Unknown;
        using var lease = limiter.AttemptAcquire((client, ClientAddress.NameOf(address)));
        return lease.IsAcquired ? 0
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))
            : (int)Window.TotalSeconds;
    }

    public void Dispose() => limiter.Dispose();
}
