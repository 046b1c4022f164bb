using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Api.Tests.Support;

/// <summary>Orleans, in a silo of the server's own process: rows are in table storage, under a service id that stands for the folder.</summary>
internal static partial class EngineUnderTest
{
    private const string Table = "OrleansGrainState";

    /// <summary>The settings that give a server storage of its own for a folder.</summary>
    public static string[] StorageArguments(string folder)
    {
        var ports = new HashSet<int>();
        while (ports.Count < 2)
        {
            ports.Add(Azurite.FreePort());
        }

        return
        [
            "--Storage:ConnectionString", Azurite.ConnectionString,
            "--Cluster:ServiceId", ServiceOf(folder),
            // A server that ended without a word would be taken for a member that is there still.
            "--Cluster:ClusterId", Guid.NewGuid().ToString("N"),
            "--Cluster:Address", "127.0.0.1",
            "--Cluster:SiloPort", ports.First().ToString(CultureInfo.InvariantCulture),
            "--Cluster:GatewayPort", ports.Last().ToString(CultureInfo.InvariantCulture),
        ];
    }

    /// <summary>
    /// The server and the grains, their timers included, go by a clock of the test's. Orleans' own loops go by the system's: on a clock
    /// that stands still they spin.
    /// </summary>
    public static void SetClock(WebApplicationBuilder builder, TimeProvider time)
    {
        builder.Services.AddSingleton(time);
        builder.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
    }

    /// <summary>When a test's clock begins. Orleans goes by the system's clock beside the given one: they begin together.</summary>
    public static DateTimeOffset ClockStart => DateTimeOffset.UtcNow;

    /// <summary>The grain types and keys of all rows, of a server that has stopped.</summary>
    public static List<(string Type, string Key)> Rows(string folder)
    {
        var prefix = ServiceOf(folder) + "_";
        var table = new TableServiceClient(Azurite.ConnectionString).GetTableClient(Table);
        var rows = new List<(string, string)>();
        foreach (var row in table.QueryAsync<TableEntity>($"PartitionKey ge '{prefix}' and PartitionKey lt '{prefix}~'").ToBlockingEnumerable())
        {
            var name = row.PartitionKey[prefix.Length..];
            var end = name.IndexOf('_', StringComparison.Ordinal);
            rows.Add((name[..end], name[(end + 1)..]));
        }

        return rows;
    }

    /// <summary>Nothing: what checks rows against each other reads the embedded engine's file.</summary>
    public static void ShouldBeSound(string folder) => _ = folder;

    private static string ServiceOf(string folder) => "t" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..20];
}
