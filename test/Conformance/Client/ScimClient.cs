using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Conformance.Client;

/// <summary>Sends requests to one server, waits where it is told to, and remembers what was made, to delete it afterwards.</summary>
/// <param name="http">The connections.</param>
/// <param name="url">The Tenant URL, without a slash at its end.</param>
/// <param name="token">The bearer token, or null for none.</param>
internal sealed class ScimClient(HttpClient http, string url, string? token)
{
    public const string MediaType = "application/scim+json";

    /// <summary>How often in a row a request is sent again that was answered 429, or 503 with <c>Retry-After</c>.</summary>
    private const int MaxRetries = 10;

    private static readonly UriCreationOptions AsGiven = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly ConcurrentDictionary<string, bool> made = new(StringComparer.Ordinal);

    public string Url => url;

    /// <summary>The same server, with another token, or with none.</summary>
    public ScimClient WithToken(string? other) => new(http, url, other);

    public Task<Answer> Send(string method, string path, string? body, params (string Name, string Value)[] headers) =>
        SendBytes(method, path, body is null ? null : Encoding.UTF8.GetBytes(body), headers);

    public async Task<Answer> SendBytes(string method, string path, byte[]? body, params (string Name, string Value)[] headers)
    {
        for (var tries = 0; ; tries++)
        {
            using var request = Request(method, path, body, headers);
            using var response = await http.SendAsync(request);
            if ((int)response.StatusCode is 429 or 503 && response.Headers.RetryAfter?.Delta is { } wait && tries < MaxRetries)
            {
                await Task.Delay(wait);
                continue;
            }

            var exchange = new Exchange(method, path, headers, body is null ? null : Encoding.UTF8.GetString(body));
            var answer = new Answer(
                exchange,
                (int)response.StatusCode,
                response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase),
                await response.Content.ReadAsByteArrayAsync());
            Remember(method, path, answer);
            return answer;
        }
    }

    /// <summary>Deletes what was made, groups first. What cannot be deleted is left.</summary>
    public async Task DeleteMade()
    {
        foreach (var path in made.Keys.OrderBy(p => p.StartsWith("/Users", StringComparison.Ordinal)))
        {
            try
            {
                await Send("DELETE", path, body: null);
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                // The case has its result; what is left over here is not part of it.
            }
        }
    }

    private HttpRequestMessage Request(string method, string path, byte[]? body, (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(url + path, AsGiven));
        if (token is not null && !Given("Authorization"))
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            if (!Given("Content-Type"))
            {
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(MediaType);
            }
        }

        foreach (var (name, value) in headers)
        {
            _ = request.Headers.TryAddWithoutValidation(name, value) || request.Content?.Headers.TryAddWithoutValidation(name, value) == true;
        }

        return request;

        bool Given(string name) => headers.Any(h => string.Equals(h.Name, name, StringComparison.OrdinalIgnoreCase));
    }

    private void Remember(string method, string path, Answer answer)
    {
        if (method == "POST" && answer.Status == 201 && answer.At("id") is JsonValue id)
        {
            var endpoint = path.Split('?')[0].TrimEnd('/');
            made[endpoint.StartsWith("/Me", StringComparison.Ordinal) ? $"/Users/{id}" : $"{endpoint}/{id}"] = true;
        }
        else if (method == "DELETE" && answer.Status == 204)
        {
            made.TryRemove(path, out _);
        }

        if (path.StartsWith("/Bulk", StringComparison.Ordinal) && answer.At("Operations") is JsonArray operations)
        {
            foreach (var location in operations.Where(o => o?["method"]?.ToString() == "POST").Select(o => o?["location"]?.ToString()))
            {
                if (location is not null && location.LastIndexOf('/') is > 0 and var last)
                {
                    made[location[location.LastIndexOf('/', last - 1)..]] = true;
                }
            }
        }
    }
}
