using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Crash.Processes;

namespace Crash.Kills;

/// <summary>
/// The end of a round, by the server's own <c>check</c>: of backups that a server makes at work, until nothing is unfinished in one any more;
/// then of the file itself, after a last kill.
/// </summary>
internal sealed class RoundCheck(Server server, string database, string log)
{
    /// <summary>Several sweeps of the logs, each five seconds after the one before.</summary>
    private static readonly TimeSpan s_settleLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(2);

    /// <summary>What should not be: damage, and what stays unfinished.</summary>
    public List<string> Surprises { get; } = [];

    /// <summary>What creates and changes that were cut off have left behind, of which nobody is shown anything.</summary>
    public int Leftovers { get; private set; }

    public async Task RunAsync(CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var backup = await BackUpAsync(stop);
            var unfinished = await CheckAsync(backup, "a backup of the server at work", stop);
            File.Delete(backup);
            if (unfinished.Count == 0 || Surprises.Count > 0)
            {
                break;
            }

            if (Stopwatch.GetElapsedTime(started) > s_settleLimit)
            {
                Surprises.AddRange(unfinished.Select(finding => $"still unfinished after {s_settleLimit.TotalSeconds} s: {finding}"));
                break;
            }

            await Task.Delay(s_pause, stop);
        }

        await server.KillAsync();
        await CheckAsync(database, "the file after the last kill", stop);
    }

    private async Task<string> BackUpAsync(CancellationToken stop)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.AdminKey);
        using var answer = await client.PostAsync(new Uri(server.Url, "/admin/v1/backups"), content: null, stop);
        answer.EnsureSuccessStatusCode();
        using var made = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(stop));
        return Path.Combine(Path.GetDirectoryName(database)!, "backups", made.RootElement.GetProperty("name").GetString()!);
    }

    /// <returns>What is unfinished in the file.</returns>
    private async Task<List<string>> CheckAsync(string file, string what, CancellationToken stop)
    {
        var lines = new List<string>();
        using var check = ChildProcess.Start("dotnet", [Binaries.Server, "check", "--database", file, "--json"], log, onLine: line =>
        {
            lock (lines)
            {
                lines.Add(line);
            }
        });
        await check.Exited.WaitAsync(stop);
        var unfinished = new List<string>();
        if (check.ExitCode is not (0 or 1))
        {
            Surprises.Add($"{what} could not be checked: {string.Join(' ', lines)}");
            return unfinished;
        }

        using var report = JsonDocument.Parse(string.Join('\n', lines));
        Leftovers = 0;
        foreach (var finding in report.RootElement.GetProperty("found").GetProperty("findings").EnumerateArray())
        {
            var words = $"{finding.GetProperty("kind").GetString()}: {finding.GetProperty("subject").GetString()}: {finding.GetProperty("detail").GetString()}";
            switch (finding.GetProperty("severity").GetString())
            {
                case "damage":
                    Surprises.Add($"check of {what}: {words}");
                    break;
                case "unfinished":
                    unfinished.Add(words);
                    break;
                default:
                    Leftovers++;
                    break;
            }
        }

        return unfinished;
    }
}
