using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Entra.Cycles;
using Entra.Options;
using Entra.Reporting;

namespace Entra.Transport;

/// <summary>
/// The connection of one job to one directory. Waits and asks again when told to (429 and 5xx with <c>Retry-After</c>);
/// never throws for what the server or the network does: that is an answer too.
/// </summary>
internal sealed class ScimConnection : IDisposable
{
    private const string MediaType = "application/scim+json";

    /// <summary>How long to wait before a server that is away is asked again.</summary>
    private static readonly TimeSpan s_outagePause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);
    private static readonly MediaTypeHeaderValue s_contentType = new(MediaType, "utf-8");

    private readonly HttpClient _client;
    private readonly RequestStatistics _statistics;
    private readonly int _maxRetries;
    private readonly TimeSpan _outages;
    private readonly bool _flagged;

    public ScimConnection(DirectoryUnderTest directory, SimulatorOptions options, RequestStatistics statistics)
    {
        BaseUrl = directory.Url.AbsoluteUri.TrimEnd('/');
        _flagged = directory.Dialect == PatchDialect.Flagged;
        _maxRetries = options.MaxRetries;
        _outages = options.Outages;
        _statistics = statistics;
        var handler = new SocketsHttpHandler
        {
            MaxConnectionsPerServer = options.Parallel,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,

            // No trace headers: Entra sends none, and they cost.
            ActivityHeadersPropagator = null,
        };
        if (options.ConnectTo is { } server)
        {
            handler.ConnectCallback = (_, stop) => ConnectAsync(server, stop);
        }

        _client = new HttpClient(handler, disposeHandler: true) { Timeout = s_timeout };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", directory.Token);
        _client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaType));
    }

    /// <summary>The Tenant URL, without a slash at the end.</summary>
    public string BaseUrl { get; }

    /// <summary>How many requests, of all directories, got no answer: a server that was away has begun anew meanwhile.</summary>
    public long Lost => _statistics.Lost;

    public Task<ScimAnswer> GetAsync(RequestKind kind, string target, CancellationToken cancellation)
        => SendAsync(kind, HttpMethod.Get, target, body: null, cancellation);

    /// <remarks><paramref name="target"/>: What follows the Tenant URL: <c>/Users/…</c>, with its query.</remarks>
    public Task<ScimAnswer> SendAsync(RequestKind kind, HttpMethod method, string target, byte[]? body, CancellationToken cancellation)
        => SendAsync(kind, method, target, body, resends: true, cancellation);

    /// <summary>
    /// Sends what must not be sent twice unseen: 503 is an answer too (the time it asks for has passed by then), and so is a lost
    /// connection, since that try may have been carried out.
    /// </summary>
    public Task<ScimAnswer> SendOnceAsync(RequestKind kind, HttpMethod method, string target, byte[] body, CancellationToken cancellation)
        => SendAsync(kind, method, target, body, resends: false, cancellation);

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint server, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<ScimAnswer> SendAsync(
        RequestKind kind,
        HttpMethod method,
        string target,
        byte[]? body,
        bool resends,
        CancellationToken cancellation)
    {
        // A Tenant URL that ends in the flag makes it a query parameter of every request.
        var flag = !_flagged ? "" : target.Contains('?', StringComparison.Ordinal) ? "&aadOptscim062020" : "?aadOptscim062020";
        var address = new Uri(BaseUrl + target + flag);
        var begun = Stopwatch.GetTimestamp();
        for (var retries = 0; ; retries++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var request = new HttpRequestMessage(method, address);
            if (body is not null)
            {
                request.Content = new ByteArrayContent(body);
                request.Content.Headers.ContentType = s_contentType;
            }

            var started = Stopwatch.GetTimestamp();
            try
            {
                using var response = await _client.SendAsync(request, cancellation);
                var bytes = await response.Content.ReadAsByteArrayAsync(cancellation);
                _statistics.Count(kind, (int)response.StatusCode, Stopwatch.GetElapsedTime(started));
                var wait = WaitAskedFor(response);
                if (wait is { } time)
                {
                    if (retries >= _maxRetries && !MayBeAway(begun))
                    {
                        return Failed(method, address, body, $"Answered {(int)response.StatusCode} {retries + 1} times in a row");
                    }

                    _statistics.CountWait(time);
                    await Task.Delay(time, cancellation);
                    if (resends || response.StatusCode == HttpStatusCode.TooManyRequests)
                    {
                        continue;
                    }
                }

                return new ScimAnswer
                {
                    Method = method.Method,
                    Address = address,
                    RequestBody = body,
                    Status = (int)response.StatusCode,
                    MediaType = response.Content.Headers.ContentType?.MediaType,
                    ETag = response.Headers.ETag?.ToString(),
                    Location = response.Headers.Location?.OriginalString,
                    Body = bytes,
                    WasResent = retries > 0,
                    MayBeSentAgain = wait is not null,
                };
            }
            catch (Exception exception) when (IsOfTheNetwork(exception, cancellation))
            {
                _statistics.Count(kind, RequestStatistics.NoAnswer, Stopwatch.GetElapsedTime(started));
                if (exception is not OperationCanceledException && MayBeAway(begun))
                {
                    _statistics.CountWait(s_outagePause);
                    await Task.Delay(s_outagePause, cancellation);
                    if (resends)
                    {
                        continue;
                    }

                    return Failed(method, address, body, exception.Message, mayBeSentAgain: true);
                }

                var reason = exception is OperationCanceledException ? $"No answer within {s_timeout.TotalSeconds} s" : exception.Message;
                return Failed(method, address, body, reason);
            }
        }
    }

    public void Dispose() => _client.Dispose();

    private static ScimAnswer Failed(HttpMethod method, Uri address, byte[]? body, string reason, bool mayBeSentAgain = false)
        => new() { Method = method.Method, Address = address, RequestBody = body, Failure = reason, MayBeSentAgain = mayBeSentAgain };

    private bool MayBeAway(long since) => Stopwatch.GetElapsedTime(since) < _outages;

    // A connection that is lost in the moment it is made is a bare SocketException.
    private static bool IsOfTheNetwork(Exception exception, CancellationToken cancellation)
        => exception is HttpRequestException or IOException or SocketException
            || (exception is OperationCanceledException && !cancellation.IsCancellationRequested);

    /// <summary>How long to wait before asking again; null when the answer is final. 429 or 5xx without Retry-After is final.</summary>
    private static TimeSpan? WaitAskedFor(HttpResponseMessage response)
    {
        if (response.StatusCode is not (HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError))
        {
            return null;
        }

        var wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - TimeProvider.System.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
