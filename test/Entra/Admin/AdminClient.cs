using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Entra.Cycles;
using Entra.Model;
using Entra.Options;
using Entra.Verification;

namespace Entra.Admin;

/// <summary>Makes a tenant, and directories in it, through the admin API.</summary>
internal sealed class AdminClient : IDisposable
{
    private static readonly TimeSpan s_outagePause = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient _client;
    private readonly TimeSpan _outages;

    /// <remarks>
    /// <para><paramref name="server"/>: The root of the server.</para>
    /// <para><paramref name="outages"/>: For how long it may be away at a time. What is asked for again may then be made twice.</para>
    /// </remarks>
    public AdminClient(Uri server, string adminKey, TimeSpan outages)
    {
        _outages = outages;
        _client = new HttpClient { BaseAddress = new Uri(server.AbsoluteUri.TrimEnd('/') + "/admin/v1/") };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", adminKey);
    }

    /// <exception cref="HttpRequestException">The server is not there, or refuses.</exception>
    public async Task<List<DirectoryUnderTest>> MakeDirectoriesAsync(
        SimulatorOptions options,
        CancellationToken cancellation)
    {
        var tenant = await PostAsync("tenants", $"{options.Idp} rehearsal, seed {options.Seed}", cancellation);
        List<DirectoryUnderTest> directories = [];
        for (var number = 1; number <= options.Directories; number++)
        {
            var directory = await PostAsync($"tenants/{Text(tenant, "id")}/directories", $"Rehearsal {number}", cancellation, options.Idp);
            var key = await PostAsync($"directories/{Text(directory, "id")}/keys", options.Idp.ToString(), cancellation);
            directories.Add(new DirectoryUnderTest(
                $"directory {number}",
                new Uri(Text(directory, "tenantUrl")),
                Text(key, "secretToken"),
                options.DialectOf(number),
                new DirectoryModel()));
        }

        return directories;
    }

    public void Dispose() => _client.Dispose();

    private static string Text(JsonElement answer, string name)
        => answer.Has(Encoding.UTF8.GetBytes(name), out var value) && value.Text() is { Length: > 0 } text
            ? text
            : throw new HttpRequestException($"The admin API's answer has no {name}: {answer}");

    private async Task<JsonElement> PostAsync(string target, string name, CancellationToken cancellation, IdentityProvider? dialect = null)
    {
        var body = new JsonObject { ["name"] = name };
        if (dialect is { } spoken)
        {
            body["dialect"] = spoken.ToString().ToLowerInvariant();
        }

        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await PostOnceAsync(target, body.ToJsonString(), cancellation);
            }
            catch (Exception exception) when (
                exception is HttpRequestException { StatusCode: null or HttpStatusCode.ServiceUnavailable } or SocketException
                && Stopwatch.GetElapsedTime(begun) < _outages)
            {
                await Task.Delay(s_outagePause, cancellation);
            }
        }
    }

    private async Task<JsonElement> PostOnceAsync(string target, string body, CancellationToken cancellation)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _client.PostAsync(new Uri(target, UriKind.Relative), content, cancellation);
        var answer = await response.Content.ReadAsStringAsync(cancellation);
        if ((int)response.StatusCode != 201)
        {
            throw new HttpRequestException(
                $"POST /admin/v1/{target} was answered {(int)response.StatusCode}, not 201: {answer}", inner: null, response.StatusCode);
        }

        try
        {
            using var document = JsonDocument.Parse(answer);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw new HttpRequestException($"POST /admin/v1/{target} was answered with what is not JSON: {answer}", exception);
        }
    }
}
