using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Crash.Options;
using Crash.Processes;

namespace Crash.Faults;

/// <summary>
/// Fills the disk under a server that is being provisioned: writes get 503 with Retry-After, reads go on; a server killed and started on the full
/// disk serves reads; with room again, all goes on, and nothing that was acknowledged is lost.
/// </summary>
internal sealed class FullDisk(CrashOptions options)
{
    private const int DiskMegabytes = 96;
    private const long RoomAtFirst = 4 << 20;
    private const string Patch = """
        {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"title","value":"short"}]}
        """;

    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_fullLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_runLimit = TimeSpan.FromMinutes(10);

    private readonly Findings _findings = new();

    public async Task<int> RunAsync(CancellationToken stop)
    {
        Console.WriteLine($"A full disk; seed {options.Seed}; logs in {options.Work}");
        using var disk = SmallDisk.Mount(Path.Combine(options.Work, "disk"), DiskMegabytes);
        if (disk is null)
        {
            Console.WriteLine("  Not tried: mounting is not allowed here (it needs root).");
            return 1;
        }

        using var server = new Server(Path.Combine(disk.Path, "muster.db"), Path.Combine(options.Work, "server.txt"));
        server.Start();
        _findings.Expect(await server.ReadyAsync(s_startLimit, stop), "starts", "an empty database");
        using var probe = new Probe();
        var (url, token) = await probe.MakeDirectoryAsync(server, stop);
        var users = new Uri(url, "Users");
        var first = await probe.SendAsync(HttpMethod.Post, users, token, User("first"), stop);
        _findings.Expect(first.Status == HttpStatusCode.Created, "a user is made while there is room", $"{first.Status}");

        // A user that was just created is marked in its row, and its next activation strikes the mark by a write, which needs room.
        var id = JsonDocument.Parse(first.Body).RootElement.GetProperty("id").GetString();
        var patched = await probe.SendAsync(HttpMethod.Patch, new Uri(url, $"Users/{id}"), token, Patch, stop);
        _findings.Expect(patched.Status == HttpStatusCode.OK, "and is changed", $"{patched.Status}");
        var find = new Uri(url, "Users?filter=userName+eq+%22first%22");

        disk.Fill(RoomAtFirst);
        var state = Path.Combine(options.Work, "model.json");
        using (var simulator = Simulator.Provision(server, options, options.Dialects[0], options.Seed, state, Path.Combine(options.Work, "simulator.txt")))
        {
            await WhenFullAsync(probe, users, token, stop);
            var read = await probe.GetAsync(find, token, stop);
            _findings.Expect(read.Status == HttpStatusCode.OK && read.Body.Contains("\"totalResults\":1", StringComparison.Ordinal), "reads go on", $"{read}");

            await server.KillAsync();
            server.Start();
            _findings.Expect(await server.ReadyAsync(s_startLimit, stop), "starts again on the full disk", server.HasExited ? $"ended with {server.ExitCode}" : "ready");
            read = await probe.GetAsync(find, token, stop);
            _findings.Expect(read.Status == HttpStatusCode.OK && read.Body.Contains("\"totalResults\":1", StringComparison.Ordinal), "reads after that start", $"{read}");
            await WhenFullAsync(probe, users, token, stop);

            disk.Empty();
            var ended = await simulator.EndsAsync(s_runLimit, stop);
            _findings.Expect(ended && simulator.IsClean, "with room again, the simulator ends without a surprise", $"{simulator.Surprises.Length} surprises");
            Array.ForEach(simulator.Closing, line => Console.WriteLine($"      {line}"));
        }

        await server.KillAsync();
        server.Start();
        await server.ReadyAsync(s_startLimit, stop);
        using var verify = Simulator.Verify(options, state, Path.Combine(options.Work, "verify.txt"));
        await verify.EndsAsync(s_runLimit, stop);
        _findings.Expect(verify.IsClean, "all that was acknowledged is there after a kill", $"{verify.Surprises.Length} surprises");
        return _findings.ExitCode;
    }

    private static string User(string name) =>
        $$"""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"{{name}}","title":"{{new string('x', 3000)}}"}""";

    /// <summary>Waits until writes fail, and looks at how.</summary>
    private async Task WhenFullAsync(Probe probe, Uri users, string token, CancellationToken stop)
    {
        var begun = Stopwatch.GetTimestamp();
        ProbeAnswer? answer = null;
        while (answer?.Status is null or HttpStatusCode.Created && Stopwatch.GetElapsedTime(begun) < s_fullLimit)
        {
            answer = await probe.SendAsync(HttpMethod.Post, users, token, User(Guid.NewGuid().ToString()), stop);
        }

        _findings.Expect(answer is { Status: HttpStatusCode.ServiceUnavailable, HasRetryAfter: true }, "a write on the full disk", $"{answer}");
    }
}
