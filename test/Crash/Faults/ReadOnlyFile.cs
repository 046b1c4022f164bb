using System.Diagnostics;
using Crash.Options;
using Crash.Processes;

namespace Crash.Faults;

/// <summary>Starts servers on files that they cannot have: each says why on standard error, and ends with an exit code that is not 0.</summary>
internal sealed class ReadOnlyFile(CrashOptions options)
{
    private const int DiskMegabytes = 64;
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(30);

    private readonly Findings _findings = new();

    public async Task<int> RunAsync(CancellationToken stop)
    {
        Console.WriteLine($"Files that cannot be opened; logs in {options.Work}");
        Directory.CreateDirectory(options.Work);
        var file = Path.Combine(options.Work, "file.db");
        await MakeAsync(file, stop);
        if (SmallDisk.Run("chattr", "+i", file))
        {
            await RefusedAsync("the file is read-only", file, "read-only", stop);
            SmallDisk.Run("chattr", "-i", file);
        }
        else
        {
            _findings.Expect(false, "the file is read-only", "not tried: chattr +i is not allowed here");
        }

        using (var disk = SmallDisk.Mount(Path.Combine(options.Work, "disk"), DiskMegabytes))
        {
            if (disk is null)
            {
                _findings.Expect(false, "a read-only disk", "not tried: mounting is not allowed here");
            }
            else
            {
                var onDisk = Path.Combine(disk.Path, "muster.db");
                await MakeAsync(onDisk, stop);
                disk.MakeReadOnly();
                await RefusedAsync("the disk is read-only", onDisk, "read-only", stop);
                await RefusedAsync("a new file on a read-only disk", Path.Combine(disk.Path, "new.db"), "new.db", stop);
                await RefusedAsync("a new folder on a read-only disk", Path.Combine(disk.Path, "new", "muster.db"), "new", stop);
                disk.MakeWritable();
                using var again = new Server(onDisk, Path.Combine(options.Work, "server.txt"));
                again.Start();
                _findings.Expect(await again.ReadyAsync(s_startLimit, stop), "the disk is writable again", "ready");
            }
        }

        using (var other = new Server(file, Path.Combine(options.Work, "server.txt")))
        {
            other.Start();
            await other.ReadyAsync(s_startLimit, stop);
            await RefusedAsync("another process has the file", file, "another process", stop);
            _findings.Expect(!other.HasExited, "that other process", "goes on");
        }

        var text = Path.Combine(options.Work, "text.db");
        await File.WriteAllTextAsync(text, new string('x', 20_000), stop);
        await RefusedAsync("the file is no database", text, "not a database", stop);
        await RefusedAsync("the path is a folder", options.Work, options.Work, stop);
        return _findings.ExitCode;
    }

    private async Task MakeAsync(string file, CancellationToken stop)
    {
        using var server = new Server(file, Path.Combine(options.Work, "server.txt"));
        server.Start();
        await server.ReadyAsync(s_startLimit, stop);
        await server.KillAsync();
    }

    private async Task RefusedAsync(string situation, string path, string reason, CancellationToken stop)
    {
        var log = Path.Combine(options.Work, $"{situation.Replace(' ', '-')}.txt");
        using var server = new Server(path, log);
        var begun = Stopwatch.GetTimestamp();
        server.Start();
        var ready = await server.ReadyAsync(s_startLimit, stop);
        var ended = server.HasExited;
        if (!ended)
        {
            await server.KillAsync();
        }
        else
        {
            await server.Exited;
        }

        var said = File.ReadLines(log).FirstOrDefault(line => line.StartsWith("Storage:", StringComparison.Ordinal)) ?? "nothing";
        _findings.Expect(
            !ready && ended && server.ExitCode != 0 && said.Contains(reason, StringComparison.Ordinal) && server.Faults.Count == 0,
            situation,
            ended ? $"exit code {server.ExitCode} after {Stopwatch.GetElapsedTime(begun).TotalSeconds:F1} s, \"{said}\"" : ready ? "it serves" : "it goes on trying");
    }
}
