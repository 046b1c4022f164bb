using System.Net.Http.Headers;
using System.Text.Json;
using Api.Admin;
using Api.Hosting;

namespace Api.Commands;

/// <summary>
/// <c>backup</c>: copies the database itself where no server has it, and otherwise asks the server, which alone may read its file.
/// </summary>
internal sealed class BackupCommand(MusterSettings settings, string? to, Uri? url, TextWriter output)
{
    /// <summary>The environment variable that holds an admin key for the whole platform: a command line can be read by others.</summary>
    public const string KeyVariable = "MUSTER_ADMIN_KEY";

    private const string DefaultUrl = "http://localhost:5000";

    public async Task<int> Run(CancellationToken stop)
    {
        try
        {
            using var store = OfflineStore.Open(settings.StoragePath);
            Tell(store.BackUp(to ?? Path.Combine(settings.BackupsFolder, FileBackups.NameAt(TimeProvider.System.GetUtcNow()))));
            return 0;
        }
        catch (SqliteStoreException exception) when (exception.IsBusy)
        {
            return await AskServer(stop);
        }
    }

    private void Tell(SqliteBackup made) => output.WriteLine(
        $"Made {made.File}: {made.Rows} rows, {made.Bytes} bytes, in {made.Duration.TotalSeconds.ToString("F1", System.Globalization.CultureInfo.InvariantCulture)} s. It is whole.");

    private async Task<int> AskServer(CancellationToken stop)
    {
        if ((Environment.GetEnvironmentVariable(KeyVariable) ?? settings.AdminKey) is not { } key)
        {
            throw new IOException($"{settings.StoragePath}: a server has it open, and is to be asked. Put an admin key for the whole platform into {KeyVariable}.");
        }

        var server = url ?? Listening();
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, "/admin/v1/backups"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await client.SendAsync(request, stop);
        if (!answer.IsSuccessStatusCode)
        {
            throw new IOException($"{server} answered {(int)answer.StatusCode}: {await Detail(answer, stop)}");
        }

        var made = await answer.Content.ReadFromJsonAsync<Backup>(stop) ?? throw new IOException($"{server} answered nothing.");
        var file = Path.Combine(settings.BackupsFolder, made.Name);
        if (to is null)
        {
            output.WriteLine($"The server made {made.Name} in its backups' folder: {made.Rows} rows, {made.Bytes} bytes. It is whole.");
            return 0;
        }

        if (!File.Exists(file))
        {
            throw new IOException($"The server made {made.Name}, which is not in {Path.GetFullPath(settings.BackupsFolder)}: Storage:Backups is set otherwise there. Copy it from there.");
        }

        using (var store = OfflineStore.Open(file))
        {
            Tell(store.BackUp(to));
        }

        File.Delete(file);
        return 0;
    }

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

    private Uri Listening()
    {
        var first = (settings.Urls ?? DefaultUrl).Split(';')[0].Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal);
        return Uri.TryCreate(first.Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal).Replace("//[::]", "//localhost", StringComparison.Ordinal), UriKind.Absolute, out var uri)
            ? uri
            : new Uri(DefaultUrl);
    }
}
