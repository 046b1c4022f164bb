using Api.Admin;
using Api.Hosting;

namespace Api.Commands;

/// <summary>
/// <c>backup</c>: copies the database itself where no server has it, and otherwise asks the server, which alone may read its file.
/// </summary>
internal sealed class BackupCommand(MusterSettings settings, string? to, Uri? url, TextWriter output)
{
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
        if (RunningServer.KeyOf(settings) is null)
        {
            throw new IOException($"{settings.StoragePath}: a server has it open, and is to be asked. Put an admin key for the whole platform into {RunningServer.KeyVariable}.");
        }

        using var server = new RunningServer(settings, url);
        using var request = new HttpRequestMessage(HttpMethod.Post, "backups");
        using var answer = await server.Ask(request, stop);
        var made = await answer.Content.ReadFromJsonAsync<Backup>(stop) ?? throw new IOException($"{server.Url} answered nothing.");
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
}
