using System.Net;
using System.Net.Sockets;
using Api.Hosting;
using Microsoft.IdentityModel.Tokens;

namespace Api.OAuth;

/// <summary>
/// Fetches keys over HTTPS. The address is what a customer's admin pasted: so the answer is bounded in size and time, redirects are not
/// followed, no proxy is asked, and a name is connected to only by an address of the internet, whatever it resolves to at that moment.
/// </summary>
internal sealed partial class JwksHttp : IJwksSource, IDisposable
{
    /// <summary>The largest set of keys, in bytes.</summary>
    public const int MaxBytes = 256 << 10;

    private const int MaxHeaderKilobytes = 16;

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxConnectTime = TimeSpan.FromSeconds(3);

    /// <summary>So that a name that now stands for another address is looked up again.</summary>
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(1);

    private readonly HttpClient client;
    private readonly JwksAddresses addresses;
    private readonly ILogger<JwksHttp> logger;

    public JwksHttp(MusterSettings settings, ILogger<JwksHttp> logger)
    {
        addresses = new JwksAddresses(settings.PrivateNetworks);
        this.logger = logger;
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = MaxConnectTime,
            PooledConnectionLifetime = ConnectionLife,
            MaxResponseHeadersLength = MaxHeaderKilobytes,
            ConnectCallback = Connect,
        })
        {
            Timeout = MaxTime,
            MaxResponseContentBufferSize = MaxBytes,
        };
    }

    public async Task<JsonWebKey[]?> Fetch(string url)
    {
        try
        {
            if (!addresses.TryRead(url, out var address))
            {
                LogRefused(logger, url);
                return null;
            }

            using var response = await client.GetAsync(address);
            var keys = response.StatusCode == HttpStatusCode.OK ? JwksReader.Read(await response.Content.ReadAsStringAsync()) : null;
            if (keys is null)
            {
                LogNoKeys(logger, url, (int)response.StatusCode);
            }

            return keys;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException or InvalidOperationException or SocketException)
        {
            LogFailed(logger, url, exception.Message);
            return null;
        }
    }

    public void Dispose() => client.Dispose();

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var allowed = Array.FindAll(await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellation), addresses.Allows);
        if (allowed.Length == 0)
        {
            throw new HttpRequestException("The name stands for no address that may be asked for keys.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Keys at {Url} are not fetched: it is not an address that may be asked")]
    private static partial void LogRefused(ILogger logger, string url);

    [LoggerMessage(2, LogLevel.Warning, "No keys at {Url}: the answer was {Status}, or no set of keys")]
    private static partial void LogNoKeys(ILogger logger, string url, int status);

    [LoggerMessage(3, LogLevel.Warning, "Keys at {Url} could not be fetched: {Message}")]
    private static partial void LogFailed(ILogger logger, string url, string message);
}
