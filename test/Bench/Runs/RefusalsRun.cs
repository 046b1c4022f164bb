using System.Diagnostics;
using System.Text;
using Bench.Client;
using Bench.Measuring;
using Bench.Options;
using Bench.Processes;
using Bench.Reports;

namespace Bench.Runs;

/// <summary>
/// Measures whether the time of a refusal tells what was wrong with the credential: each is tried many times on one connection, in an order
/// that is drawn anew each round. The second is as wrong as the first: what those two differ by is noise. It is another text, because the
/// server reads a header the faster that is the one before it.
/// </summary>
internal sealed class RefusalsRun(BenchOptions options)
{
    private const int WarmUp = 1000;
    private const int SecretLength = 51;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);

    /// <summary>Measures and prints a table for SCIM and one for the admin API.</summary>
    public void Run()
    {
        Directory.CreateDirectory(options.Work);
        var file = Path.Combine(options.Work, $"refusals-{Guid.NewGuid():N}.db");
        using var server = new MusterProcess(file, assembly: options.Assembly);
        var tenant = server.Admin(HttpMethod.Post, "/tenants", """{"name":"Bench"}""").GetProperty("id").GetString();
        var directory = server.Admin(HttpMethod.Post, $"/tenants/{tenant}/directories", """{"name":"Bench"}""").GetProperty("id").GetString()!;
        var ofDirectory = Dead(server, $"/directories/{directory}/keys", "secretToken");
        var ofAdmin = Dead(server, "/keys", "secret");
        Thread.Sleep(Lifetime);

        Console.WriteLine($"{LoadResults.ThisMachine()}\n{options.Tries} tries of each, one connection, microseconds\n");
        Measure(server, "/scim/v2/Users", "SCIM",
        [
            ("wrong token of a directory that exists", $"mst_{directory}_{new string('A', SecretLength)}"),
            ("another wrong one", $"mst_{directory}_{new string('B', SecretLength)}"),
            ("token for a directory that does not", $"mst_{Guid.CreateVersion7()}_{new string('A', SecretLength)}"),
            ("revoked key", ofDirectory.Revoked),
            ("expired key", ofDirectory.Expired),
        ]);
        Measure(server, "/admin/v1/tenants", "admin",
        [
            ("wrong admin key", $"msa_{new string('A', SecretLength)}"),
            ("another wrong one", $"msa_{new string('B', SecretLength)}"),
            ("revoked admin key", ofAdmin.Revoked),
            ("expired admin key", ofAdmin.Expired),
        ]);
    }

    private static (string Revoked, string Expired) Dead(MusterProcess server, string keys, string member)
    {
        var revoked = server.Admin(HttpMethod.Post, keys, """{"name":"revoked"}""");
        server.Admin(HttpMethod.Delete, $"{keys}/{revoked.GetProperty("id").GetString()}");
        var expired = server.Admin(HttpMethod.Post, keys, $$"""{"name":"expired","expires":"{{DateTime.UtcNow + Lifetime:O}}"}""");
        return (revoked.GetProperty(member).GetString()!, expired.GetProperty(member).GetString()!);
    }

    private void Measure(MusterProcess server, string path, string title, (string Name, string Token)[] credentials)
    {
        using var connection = new BlockingConnection(server.TenantUrl);
        var requests = credentials.Select(c => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {server.TenantUrl.Authority}\r\nAuthorization: Bearer {c.Token}\r\n\r\n")).ToArray();
        var times = credentials.Select(_ => new List<double>(options.Tries)).ToArray();
        var order = Enumerable.Range(0, credentials.Length).ToArray();
        for (var round = -WarmUp; round < options.Tries; round++)
        {
            Random.Shared.Shuffle(order);
            foreach (var i in order)
            {
                var (ticks, status) = connection.Exchange(requests[i]);
                if (status != 401)
                {
                    throw new BenchException($"{credentials[i].Name}: {status}, and not 401.");
                }

                if (round >= 0)
                {
                    times[i].Add(ticks * 1e6 / Stopwatch.Frequency);
                }
            }
        }

        var table = new TextTable(title, "median", "10 %", "90 %", "99 %", "median less the first's", "slower than the first, % of pairs");
        for (var i = 0; i < credentials.Length; i++)
        {
            times[i].Sort();
            table.Add(
                credentials[i].Name,
                Figures.Text(At(times[i], 0.5), 1),
                Figures.Text(At(times[i], 0.1), 1),
                Figures.Text(At(times[i], 0.9), 1),
                Figures.Text(At(times[i], 0.99), 1),
                Figures.Text(At(times[i], 0.5) - At(times[0], 0.5), 1),
                Figures.Text(100 * Slower(times[i], times[0]), 1));
        }

        Console.WriteLine(table);
    }

    private static double At(List<double> sorted, double part) => sorted[(int)(part * (sorted.Count - 1))];

    /// <summary>In how many of all pairs of a time here and one there the first is the longer; a half where nothing is told.</summary>
    private static double Slower(List<double> here, List<double> there)
    {
        double slower = 0;
        var (below, upTo) = (0, 0);
        foreach (var time in here)
        {
            while (below < there.Count && there[below] < time)
            {
                below++;
            }

            while (upTo < there.Count && there[upTo] <= time)
            {
                upTo++;
            }

            slower += (below + upTo) / 2.0;
        }

        return slower / ((double)here.Count * there.Count);
    }
}
