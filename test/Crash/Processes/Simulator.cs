using System.Globalization;
using Crash.Options;

namespace Crash.Processes;

/// <summary>A run of <c>test/Entra</c> against the server.</summary>
internal sealed class Simulator : IDisposable
{
    /// <summary>For how long the server may be away, in seconds: above it lies a start that was killed several times, and nothing else.</summary>
    private const int Outages = 100;

    private readonly ChildProcess _process;
    private readonly List<string> _lines = [];

    private Simulator(IEnumerable<string> arguments, string log)
    {
        _process = ChildProcess.Start("dotnet", [Binaries.Simulator, .. arguments], log, onLine: line =>
        {
            lock (_lines)
            {
                _lines.Add(line);
            }
        });
    }

    public bool HasExited => _process.HasExited;

    public Task Exited => _process.Exited;

    /// <summary>Whether it ended without a surprise.</summary>
    public bool IsClean => _process is { HasExited: true, ExitCode: 0 };

    /// <summary>What it was surprised by, a line each.</summary>
    public string[] Surprises
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines.Where(line => line.StartsWith("SURPRISE", StringComparison.Ordinal))];
            }
        }
    }

    /// <summary>The last lines: how much it asked, and what came of it.</summary>
    public string[] Closing
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines.TakeLast(4).Where(line => line.Contains("requests in", StringComparison.Ordinal)
                    || line.StartsWith("Expected", StringComparison.Ordinal)
                    || line.Contains("waiting", StringComparison.Ordinal))];
            }
        }
    }

    public static Simulator Provision(Server server, CrashOptions options, string dialect, ulong seed, string state, string log)
        => new(
        [
            "--url", server.Url.ToString(), "--admin", server.AdminKey, "--directories", Text(options.Directories),
            "--users", Text(options.Users), "--groups", Text(options.Groups), "--members", Text(options.Members),
            "--cycles", Text(options.Cycles), .. dialect == CommandLine.Okta ? (string[])["--idp", dialect] : ["--dialect", dialect], "--seed", seed.ToString(CultureInfo.InvariantCulture),
            "--outages", Text(Outages), "--settle", Text(options.Settle), "--state", state,
        ], log);

    /// <summary>Compares the server with the model.</summary>
    public static Simulator Verify(CrashOptions options, string state, string log)
        => new(["--verify-only", "--state", state, "--settle", Text(options.Settle)], log);

    /// <summary>Waits for its end; kills it when it takes too long.</summary>
    /// <returns>Whether it ended in time.</returns>
    public async Task<bool> EndsAsync(TimeSpan limit, CancellationToken stop)
    {
        try
        {
            await Exited.WaitAsync(limit, stop);
            return true;
        }
        catch (TimeoutException)
        {
            await _process.KillAsync();
            return false;
        }
    }

    public void Dispose() => _process.Dispose();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
