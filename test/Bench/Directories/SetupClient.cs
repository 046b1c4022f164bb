using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Bench.Directories;

/// <summary>
/// Single requests that make ready what is measured. All of them wait for their answer: an asynchronous continuation would run on the
/// thread that the load generator works on.
/// </summary>
/// <param name="root">The server, or the Tenant URL.</param>
/// <param name="token">The bearer token.</param>
internal sealed class SetupClient(Uri root, string token) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>Sends a request and gives the answer's body.</summary>
    /// <exception cref="BenchException">The answer is a fault.</exception>
    public JsonElement Send(HttpMethod method, string path, string? json = null, string mediaType = "application/json")
    {
        var (status, body) = Exchange(method, path, json, mediaType);
        return status < 300
            ? body.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(body)
            : throw new BenchException($"{method} {path}: {status} {Encoding.UTF8.GetString(body)}");
    }

    /// <summary>Sends a request and gives status and body of the answer, whatever they are.</summary>
    public (int Status, byte[] Body) Exchange(HttpMethod method, string path, string? json = null, string mediaType = "application/json")
    {
        using var request = new HttpRequestMessage(method, root.AbsoluteUri.TrimEnd('/') + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, mediaType);
        }

        using var answer = http.Send(request);
        using var body = new MemoryStream();
        answer.Content.ReadAsStream().CopyTo(body);
        return ((int)answer.StatusCode, body.ToArray());
    }

    /// <inheritdoc />
    public void Dispose() => http.Dispose();
}
