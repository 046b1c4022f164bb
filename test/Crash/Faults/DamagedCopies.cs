using System.Globalization;
using System.Net;
using System.Text.Json;
using Crash.Options;
using Crash.Processes;

namespace Crash.Faults;

#pragma warning disable CA5394 // Not for secrets.

/// <summary>
/// Provisions a database, kills the server, and starts servers on damaged copies of it. Each must refuse to start and say why, or serve: what it
/// serves must be as in the whole database, or 503 with the damaged row named in the log.
/// </summary>
internal sealed class DamagedCopies(CrashOptions options)
{
    private const int MostRead = 150;
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(60);

    /// <summary>A server whose own rows are damaged is not ready; it must say why. It is not waited for longer than this.</summary>
    private static readonly TimeSpan s_damagedStartLimit = TimeSpan.FromSeconds(30);

    private readonly SortedDictionary<string, int> _outcomes = new(StringComparer.Ordinal);
    private readonly List<string> _bad = [];

    public async Task<int> RunAsync(CancellationToken stop)
    {
        var whole = Path.Combine(options.Work, "whole.db");
        var settled = Path.Combine(options.Work, "settled.db");
        var copy = Path.Combine(options.Work, "copy.db");
        var log = Path.Combine(options.Work, "server.txt");
        Directory.CreateDirectory(options.Work);
        Console.WriteLine($"{options.Copies} damaged copies; seed {options.Seed}; logs in {options.Work}");
        using var probe = new Probe();
        using var server = new Server(copy, log);
        var (token, addresses) = await ProvisionAsync(server, probe, stop);
        var expected = new Dictionary<Uri, ProbeAnswer>();
        foreach (var address in addresses)
        {
            expected[address] = await probe.GetAsync(address, token, stop);
        }

        await server.KillAsync();
        File.Copy(copy, whole);
        File.Copy(copy + "-wal", whole + "-wal");

        // The end of a server that is asked to end moves the log into the file, where damage then meets what is served.
        server.Start();
        await server.ReadyAsync(s_startLimit, stop);
        await server.StopAsync(s_startLimit);
        File.Move(copy, settled);
        File.Delete(copy + "-wal");
        Console.WriteLine($"  file {new FileInfo(settled).Length} bytes, log {new FileInfo(whole + "-wal").Length} bytes, {expected.Count} resources compared");
        var kinds = Enum.GetValues<Damage>();
        for (var number = 0; number < options.Copies; number++)
        {
            var random = new Random(unchecked((int)options.Seed + number));
            var damage = kinds[number % kinds.Length];
            if (damage is Damage.BitsOfLog or Damage.CutLog or Damage.NoLog)
            {
                File.Copy(whole, copy, overwrite: true);
                File.Copy(whole + "-wal", copy + "-wal", overwrite: true);
            }
            else
            {
                File.Copy(settled, copy, overwrite: true);
                File.Delete(copy + "-wal");
            }

            var what = $"copy {number}, {damage} {Damager.Apply(damage, random, copy)}";
            await File.AppendAllTextAsync(log, $"=== {what}\n", stop);
            var outcome = await ServeAsync(server, probe, token, expected, damage, what, log, stop);
            outcome = $"{damage}: {outcome}";
            _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + 1;
        }

        foreach (var (outcome, count) in _outcomes)
        {
            Console.WriteLine($"  {count.ToString(CultureInfo.InvariantCulture),5} {outcome}");
        }

        Console.WriteLine(_bad.Count == 0 ? "No wrong answer, no crash, no hang." : $"{_bad.Count} bad.");
        return _bad.Count == 0 ? 0 : 1;
    }

    private async Task<(string Token, List<Uri> Addresses)> ProvisionAsync(Server server, Probe probe, CancellationToken stop)
    {
        server.Start();
        if (!await server.ReadyAsync(s_startLimit, stop))
        {
            throw new InvalidOperationException("The server did not start.");
        }

        var state = Path.Combine(options.Work, "model.json");
        using var simulator = Simulator.Provision(
            server, options with { Directories = 1 }, options.Dialects[0], options.Seed, state, Path.Combine(options.Work, "simulator.txt"));
        await simulator.Exited;
        if (!simulator.IsClean)
        {
            throw new InvalidOperationException("The simulator was surprised by a whole server.");
        }

        using var model = JsonDocument.Parse(await File.ReadAllBytesAsync(state, stop));
        var directory = model.RootElement.GetProperty("directories")[0];
        var token = directory.GetProperty("token").GetString()!;
        var url = directory.GetProperty("url").GetString()!;
        var users = Ids(directory.GetProperty("users"));
        var addresses = Ids(directory.GetProperty("groups")).Select(id => $"{url}/Groups/{id}").Concat(users.Skip(1).Select(id => $"{url}/Users/{id}")).Take(MostRead);

        // The last transaction of the log is about nothing that is compared: damage in it cannot be told from a power cut.
        await probe.SendAsync(HttpMethod.Patch, new Uri($"{url}/Users/{users[0]}"), token, """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"title","value":"the last"}]}
            """, stop);
        return (token, [.. addresses.Select(address => new Uri(address))]);
    }

    private void Bad(string what)
    {
        _bad.Add(what);
        Console.WriteLine($"  BAD {what}");
    }

    private static List<string> Ids(JsonElement resources) =>
        [.. resources.EnumerateArray().Select(resource => resource.GetProperty("id").GetString()).OfType<string>()];

    private async Task<string> ServeAsync(
        Server server, Probe probe, string token, Dictionary<Uri, ProbeAnswer> expected, Damage damage, string what, string log, CancellationToken stop)
    {
        var before = new FileInfo(log).Length;
        server.Start();
        var ready = await server.ReadyAsync(s_damagedStartLimit, stop);
        var (same, older, refused) = (0, 0, 0);
        foreach (var (address, answer) in ready ? expected : [])
        {
            var found = await probe.GetAsync(address, token, stop);
            if (found == answer)
            {
                same++;
            }
            else if (found is { Status: HttpStatusCode.ServiceUnavailable, HasRetryAfter: true })
            {
                refused++;
            }
            else if (damage is Damage.CutLog or Damage.NoLog && found.Status is not null)
            {
                older++;
            }
            else
            {
                Bad($"{what}: {address.AbsolutePath} was answered {found}, not {answer}");
                break;
            }
        }

        var ended = server.HasExited;
        await server.KillAsync();
        var said = Tail(log, before);
        if (ended)
        {
            var clear = !ready && server.ExitCode == 1 && said.Contains("Storage: ", StringComparison.Ordinal) && !said.Contains("Unhandled", StringComparison.Ordinal);
            if (!clear)
            {
                Bad($"{what}: it {(ready ? "served and then " : "")}ended with {server.ExitCode}");
            }

            return "refused to start";
        }

        var isNamed = said.Contains("damaged", StringComparison.Ordinal);
        if ((!ready || refused > 0) && !isNamed)
        {
            Bad($"{what}: nothing in the log says what is damaged");
        }

        return !ready ? "started, and says what it cannot open" : refused > 0 ? "served, with 503 for what is damaged" : older > 0 ? "served an earlier state" : "served all";
    }

    private static string Tail(string log, long from)
    {
        using var stream = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Seek(from, SeekOrigin.Begin);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
