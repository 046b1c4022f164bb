using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Crash.Processes;

/// <summary>The server under test: started, killed and started again on one database and one port.</summary>
internal sealed class Server : IDisposable
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_askTimeout = TimeSpan.FromSeconds(2);

    private readonly HttpClient _client = new() { Timeout = s_askTimeout };
    private readonly string _log;
    private readonly string _database;
    private readonly string[] _prefix;
    private ChildProcess? _process;
    private TaskCompletionSource _split = new();

    /// <remarks><paramref name="prefix"/>: What the server is run by (<c>unshare</c>, say); empty for nothing.</remarks>
    public Server(string database, string log, params string[] prefix)
    {
        _database = database;
        _log = log;
        _prefix = prefix;
        Port = LoopbackPort.Find();
        Url = new Uri($"http://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}");
    }

    public int Port { get; }

    public Uri Url { get; }

    /// <summary>An admin key from outside, so that nothing depends on what a first start printed before it was killed.</summary>
    public string AdminKey { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    /// <summary>How long each start that was waited for took until it served, in milliseconds.</summary>
    public List<double> ReadyTimes { get; } = [];

    /// <summary>What the server said at the level of an error, or as an exception that nobody caught.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Ends when the server says that a bucket splits.</summary>
    public Task NextSplit => _split.Task;

    public bool HasExited => _process is null or { HasExited: true };

    public int ExitCode => _process!.ExitCode;

    public Task Exited => _process!.Exited;

    public int Id => _process!.Id;

    /// <summary>Starts it; a log file already there is gone on with.</summary>
    public void Start(params string[] settings)
    {
        _process?.Dispose();
        _split = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        string[] command =
        [
            .. _prefix,
            "dotnet",
            Binaries.Server,
            $"--Storage:Path={_database}",
            "--Limits:RequestsPerSecond=0",
            "--Logging:LogLevel:Grains.Indexes.BucketGrain=Debug",
            $"--urls={Url}",
            .. settings,
        ];
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["Admin__Key"] = AdminKey, ["DOTNET_gcConcurrent"] = "0" };
        File.AppendAllText(_log, "--- start\n");
        _process = ChildProcess.Start(command[0], command[1..], _log, environment, Hear);
    }

    /// <summary>Waits until it serves.</summary>
    /// <returns>False where it ended instead, or was not ready in time.</returns>
    public async Task<bool> ReadyAsync(TimeSpan limit, CancellationToken stop)
    {
        var started = _process!.Started;
        while (!HasExited && Stopwatch.GetElapsedTime(started) < limit)
        {
            try
            {
                using var answer = await _client.GetAsync(new Uri(Url, "/health/ready"), stop);
                if (answer.IsSuccessStatusCode)
                {
                    ReadyTimes.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                    return true;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
            {
                // Not there yet.
            }

            await Task.Delay(s_poll, stop);
        }

        return false;
    }

    public Task KillAsync() => _process!.KillAsync();

    /// <summary>Asks it to end, and waits.</summary>
    public async Task StopAsync(TimeSpan limit)
    {
        using var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await Exited.WaitAsync(limit);
    }

    public void Dispose()
    {
        _process?.Dispose();
        _client.Dispose();
    }

    private void Hear(string line)
    {
        if (line.Contains(": splitting", StringComparison.Ordinal))
        {
            Interlocked.Exchange(ref _split, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        }
        else if (line.StartsWith("fail:", StringComparison.Ordinal)
            || line.StartsWith("crit:", StringComparison.Ordinal)
            || line.StartsWith("Unhandled exception", StringComparison.Ordinal))
        {
            lock (Faults)
            {
                Faults.Add(line);
            }
        }
    }
}
