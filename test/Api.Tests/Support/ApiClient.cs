using System.Net.Http.Headers;
using System.Text;

namespace Api.Tests.Support;

/// <summary>Sends requests below one address with one token, byte for byte as they are given.</summary>
internal sealed record ApiClient(HttpClient Http, string Root, string? Token, string MediaType)
{
    private static readonly UriCreationOptions AsGiven = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public Task<Answer> Get(string path, params (string Name, string Value)[] headers) => Send("GET", path, null, headers);

    public Task<Answer> Post(string path, string body, params (string Name, string Value)[] headers) => Send("POST", path, body, headers);

    public Task<Answer> Put(string path, string body, params (string Name, string Value)[] headers) => Send("PUT", path, body, headers);

    public Task<Answer> Patch(string path, string body, params (string Name, string Value)[] headers) => Send("PATCH", path, body, headers);

    public Task<Answer> Delete(string path, params (string Name, string Value)[] headers) => Send("DELETE", path, null, headers);

    public Task<Answer> Find(string endpoint, string filter) => Get($"{endpoint}?filter={Uri.EscapeDataString(filter)}");

    public Task<Answer> Send(string method, string path, string? body, params (string Name, string Value)[] headers) =>
        SendBytes(method, path, body is null ? null : Encoding.UTF8.GetBytes(body), headers);

    public async Task<Answer> SendBytes(string method, string path, byte[]? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Root + path, AsGiven));
        if (Token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Token}");
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            if (!headers.Any(h => h.Name == "Content-Type"))
            {
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(MediaType);
            }
        }

        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.ShouldNotBeNull().Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
            }
        }

        using var response = await Http.SendAsync(request);
        var all = response.Headers.Concat(response.Content.Headers);
        return new Answer(
            (int)response.StatusCode,
            all.ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase),
            await response.Content.ReadAsByteArrayAsync());
    }
}
