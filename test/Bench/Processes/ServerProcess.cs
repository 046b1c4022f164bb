using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Bench.Client;

namespace Bench.Processes;

/// <summary>A server as a child process, so that its CPU time can be told from others'. It ends with the bench.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMinutes(1);

    private static readonly ConcurrentDictionary<ServerProcess, bool> Running = [];

    private readonly Process process;
    private readonly List<string> errors = [];

    // A bench that is told to end takes its servers along.
    static ServerProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Running.Keys.ToList().ForEach(p => p.Dispose());

    /// <summary>Starts a process and waits until it has printed a line that begins so.</summary>
    /// <param name="arguments">What <c>dotnet</c> is given.</param>
    /// <param name="environment">Set for the process.</param>
    /// <param name="readyLine">How the line begins that says that the server listens; the address follows.</param>
    /// <param name="log">Where its other output goes.</param>
    /// <exception cref="BenchException">It ended or said nothing.</exception>
    public ServerProcess(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string readyLine, string log)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        LoadGenerator.Unprepare(start);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var ready = new TaskCompletionSource<string>();
        var output = TextWriter.Synchronized(new StreamWriter(log, append: true) { AutoFlush = true });
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.Exited += (_, _) => ready.TrySetException(new BenchException($"The server ended: {string.Join(' ', errors)} (see {log})"));
        process.ErrorDataReceived += (_, e) =>
        {
            if (e.Data is not null)
            {
                errors.Add(e.Data);
                output.WriteLine(e.Data);
            }
        };
        process.OutputDataReceived += (_, e) =>
        {
            if (e.Data?.StartsWith(readyLine, StringComparison.Ordinal) == true)
            {
                ready.TrySetResult(e.Data[readyLine.Length..].Trim());
            }
            else if (e.Data is not null)
            {
                output.WriteLine(e.Data);
            }
        };
        var begun = Stopwatch.GetTimestamp();
        process.Start();
        Running.TryAdd(this, value: true);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            Address = ready.Task.Wait(StartTimeout) ? new Uri(ready.Task.Result) : throw new BenchException($"The server did not start (see {log}).");
        }
        catch (AggregateException exception)
        {
            Dispose();
            throw exception.InnerException!;
        }
        catch
        {
            Dispose();
            throw;
        }

        StartTime = Stopwatch.GetElapsedTime(begun);
    }

    /// <summary>The address that it printed.</summary>
    public Uri Address { get; }

    /// <summary>From the start of the process to its being ready.</summary>
    public TimeSpan StartTime { get; }

    /// <summary>Its process id.</summary>
    public int Id => process.Id;

    /// <summary>Stops it in good order.</summary>
    public void Dispose()
    {
        if (!Running.TryRemove(this, out _))
        {
            return;
        }

        if (!process.HasExited)
        {
            if (OperatingSystem.IsWindows())
            {
                process.Kill();
            }
            else
            {
                _ = Kill(process.Id, Terminate);
            }

            if (!process.WaitForExit(StopTimeout))
            {
                process.Kill();
            }
        }

        process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
