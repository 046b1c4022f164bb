using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Crash.Processes;

namespace Crash.Faults;

/// <summary>Single requests, to see how a server in trouble answers.</summary>
internal sealed class Probe : IDisposable
{
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(20) };

    public void Dispose() => _client.Dispose();

    /// <summary>Makes a directory; its SCIM address and its token.</summary>
    public async Task<(Uri Url, string Token)> MakeDirectoryAsync(Server server, CancellationToken stop)
    {
        var admin = new Uri(server.Url, "/admin/v1/");
        var tenant = await MadeAsync(new Uri(admin, "tenants"), server.AdminKey, "Probe", "id", stop);
        var directory = await MadeAsync(new Uri(admin, $"tenants/{tenant}/directories"), server.AdminKey, "Probe", "id", stop);
        var token = await MadeAsync(new Uri(admin, $"directories/{directory}/keys"), server.AdminKey, "Probe", "secretToken", stop);
        return (new Uri(server.Url, "/scim/v2/"), token);
    }

    public Task<ProbeAnswer> GetAsync(Uri address, string token, CancellationToken stop) => SendAsync(HttpMethod.Get, address, token, null, stop);

    public async Task<ProbeAnswer> SendAsync(HttpMethod method, Uri address, string token, string? body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/scim+json");
        }

        try
        {
            using var answer = await _client.SendAsync(request, stop);
            return new(answer.StatusCode, answer.Headers.RetryAfter is not null, await answer.Content.ReadAsStringAsync(stop));
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            return new(null, HasRetryAfter: false, exception.Message);
        }
    }

    private async Task<string> MadeAsync(Uri address, string key, string name, string wanted, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Content = new StringContent($$"""{"name":"{{name}}"}""", Encoding.UTF8, "application/json");
        using var answer = await _client.SendAsync(request, stop);
        answer.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(stop));
        return json.RootElement.GetProperty(wanted).GetString()!;
    }
}
