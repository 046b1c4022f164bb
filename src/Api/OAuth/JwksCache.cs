using System.Collections.Concurrent;
using Microsoft.IdentityModel.Tokens;

namespace Api.OAuth;

/// <summary>
/// The keys of issuers, by the address that each is had from. They are fetched when they are first needed, when a token names one that is
/// not known, and again every hour; where they cannot be had, those that are known serve for a day. However many unknown keys are asked
/// for, an address is asked once in ten seconds.
/// </summary>
internal sealed class JwksCache(IJwksSource source, TimeProvider time)
{
    /// <summary>How long to wait before an address is asked again.</summary>
    public static readonly TimeSpan MinPause = TimeSpan.FromSeconds(10);

    /// <summary>How old keys may be before they are fetched again: so long may a key serve that its issuer has taken back.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromHours(1);

    /// <summary>How old keys may be while they cannot be fetched.</summary>
    public static readonly TimeSpan UsableFor = TimeSpan.FromHours(24);

    /// <summary>The most addresses that are remembered.</summary>
    private const int MaxAddresses = 1000;

    private readonly ConcurrentDictionary<string, Issuer> issuers = new(StringComparer.Ordinal);

    /// <summary>A key of an issuer.</summary>
    /// <param name="url">The address of its keys.</param>
    /// <param name="kid">Which.</param>
    /// <param name="algorithm">What it is to serve for.</param>
    /// <param name="cancellation">Who asks has gone; what was begun goes on.</param>
    public async ValueTask<FoundKey> Find(string url, string kid, string algorithm, CancellationToken cancellation)
    {
        if (!issuers.TryGetValue(url, out var issuer))
        {
            if (issuers.Count >= MaxAddresses)
            {
                // It does not come to this but where somebody makes it: all begin anew.
                issuers.Clear();
            }

            issuer = issuers.GetOrAdd(url, u => new Issuer(u, source, time));
        }

        if (issuer.Find(kid, algorithm) is { } known && issuer.IsFresh)
        {
            return new FoundKey(known, Unavailable: false);
        }

        await issuer.Fetch().WaitAsync(cancellation);
        return new FoundKey(issuer.Find(kid, algorithm), issuer.Unavailable);
    }

    private sealed class Issuer(string url, IJwksSource source, TimeProvider time)
    {
        private readonly Lock gate = new();
        private volatile Keys? keys;
        private long? askedAt;
        private Task fetching = Task.CompletedTask;

        /// <summary>Whether the last fetch failed.</summary>
        public bool Unavailable { get; private set; }

        public bool IsFresh => keys is { } known && time.GetElapsedTime(known.FetchedAt) < FreshFor;

        public JsonWebKey? Find(string kid, string algorithm) =>
            keys is { } known && time.GetElapsedTime(known.FetchedAt) < UsableFor
                ? Array.Find(known.All, k => k.Kid == kid && JwksReader.Serves(k, algorithm))
                : null;

        /// <summary>Fetches the keys, unless that is under way or was done just now.</summary>
        public Task Fetch()
        {
            lock (gate)
            {
                if (!fetching.IsCompleted || (askedAt is { } at && time.GetElapsedTime(at) < MinPause))
                {
                    return fetching;
                }

                askedAt = time.GetTimestamp();
                return fetching = Fetched();
            }
        }

        private async Task Fetched()
        {
            // Not within the lock, nor on the time of whoever came first.
            await Task.Yield();
            var fetched = await source.Fetch(url);
            if (fetched is not null)
            {
                keys = new Keys(fetched, time.GetTimestamp());
            }

            Unavailable = fetched is null;
        }
    }

    private sealed record Keys(JsonWebKey[] All, long FetchedAt);
}
