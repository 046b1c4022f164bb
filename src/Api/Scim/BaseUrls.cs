using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using Api.Hosting;

namespace Api.Scim;

/// <summary>The address by which a request came, which resources carry in <c>meta.location</c> and <c>$ref</c>.</summary>
internal sealed class BaseUrls(MusterSettings settings)
{
    /// <summary>Addresses that are remembered; a client that invents host names must not fill memory.</summary>
    private const int MaxRemembered = 1000;

    private readonly ConcurrentDictionary<(string Scheme, string Host, string? Directory), byte[]> known = new();
    private readonly ConcurrentDictionary<(string Scheme, string Host, string Prefix), byte[]> knownHosts = new();
    private readonly string? publicUrl = settings.PublicUrl?.TrimEnd('/');

    /// <summary>The address below which <c>/Users</c> stands, escaped for a JSON string.</summary>
    public byte[] Of(HttpContext http)
    {
        var request = http.Request;
        if (http.Features.Get<HostAddress>() is { } address)
        {
            return OfHost(request, address.Prefix);
        }

        var key = (request.Scheme, request.Host.Value ?? "", http.GetRouteValue("directory") as string);
        if (known.TryGetValue(key, out var bytes))
        {
            return bytes;
        }

        var root = publicUrl ?? $"{request.Scheme}://{request.Host.Value}{request.PathBase.Value}";
        var url = key.Item3 is null ? $"{root}/scim/v2" : $"{root}/directories/{key.Item3}/scim/v2";
        bytes = Encoded(url);
        if (known.Count < MaxRemembered)
        {
            known[key] = bytes;
        }

        return bytes;
    }

    /// <summary>The address by a host that names the directory. The public address is another host: of it only the scheme is taken.</summary>
    private byte[] OfHost(HttpRequest request, string prefix)
    {
        var scheme = publicUrl is null ? request.Scheme : new Uri(publicUrl).Scheme;
        var key = (scheme, request.Host.Value ?? "", prefix);
        if (!knownHosts.TryGetValue(key, out var bytes))
        {
            bytes = Encoded($"{scheme}://{request.Host.Value}{request.PathBase.Value}/scim/v2");
            if (knownHosts.Count < MaxRemembered)
            {
                knownHosts[key] = bytes;
            }
        }

        return bytes;
    }

    private static byte[] Encoded(string url) => JsonEncodedText.Encode(url, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes.ToArray();
}
