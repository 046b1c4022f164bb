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
    private readonly string? publicUrl = settings.PublicUrl?.TrimEnd('/');

    /// <summary>The address below which <c>/Users</c> stands, escaped for a JSON string.</summary>
    public byte[] Of(HttpContext http)
    {
        var request = http.Request;
        var key = (request.Scheme, request.Host.Value ?? "", http.GetRouteValue("directory") as string);
        if (known.TryGetValue(key, out var bytes))
        {
            return bytes;
        }

        var root = publicUrl ?? $"{request.Scheme}://{request.Host.Value}{request.PathBase.Value}";
        var url = key.Item3 is null ? $"{root}/scim/v2" : $"{root}/directories/{key.Item3}/scim/v2";
        bytes = JsonEncodedText.Encode(url, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes.ToArray();
        if (known.Count < MaxRemembered)
        {
            known[key] = bytes;
        }

        return bytes;
    }
}
