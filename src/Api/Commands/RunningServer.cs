using System.Net.Http.Headers;
using System.Text.Json;
using Api.Hosting;

namespace Api.Commands;

/// <summary>A server that is running, as a command asks it: by its admin API.</summary>
internal sealed class RunningServer : IDisposable
{
    /// <summary>The environment variable that holds an admin key: a command line can be read by others.</summary>
    public const string KeyVariable = "MUSTER_ADMIN_KEY";

    private const string DefaultUrl = "http://localhost:5000";

    private readonly HttpClient client;

    /// <param name="settings">The settings, which say where a server of this machine listens.</param>
    /// <param name="url">Where it is, if not there.</param>
    /// <exception cref="IOException">There is no admin key.</exception>
    public RunningServer(MusterSettings settings, Uri? url)
    {
        var key = KeyOf(settings) ?? throw new IOException($"The server is to be asked. Put an admin key that opens the directory into {KeyVariable}.");
        Url = url ?? Listening(settings);
        client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan, BaseAddress = new Uri(Url, "/admin/v1/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Where the server is.</summary>
    public Uri Url { get; }

    /// <summary>The admin key of the environment or, where the settings have one, theirs.</summary>
    public static string? KeyOf(MusterSettings settings) => Environment.GetEnvironmentVariable(KeyVariable) ?? settings.AdminKey;

    /// <summary>Sends a request to an address below <c>/admin/v1</c>.</summary>
    /// <returns>The answer, as soon as its headers are there.</returns>
    /// <exception cref="IOException">The server refused; the message says why.</exception>
    public async Task<HttpResponseMessage> Ask(HttpRequestMessage request, CancellationToken stop)
    {
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            throw new IOException($"{Url} answered {(int)answer.StatusCode}: {await Detail(answer, stop)}");
        }
    }

    public void Dispose() => client.Dispose();

    private static async Task<string> Detail(HttpResponseMessage answer, CancellationToken stop)
    {
        var text = await answer.Content.ReadAsStringAsync(stop);
        try
        {
            using var problem = JsonDocument.Parse(text);
            return problem.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() ?? text : text;
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static Uri Listening(MusterSettings settings)
    {
        var first = (settings.Urls ?? DefaultUrl).Split(';')[0].Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal);
        return Uri.TryCreate(first.Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal).Replace("//[::]", "//localhost", StringComparison.Ordinal), UriKind.Absolute, out var uri)
            ? uri
            : new Uri(DefaultUrl);
    }
}
