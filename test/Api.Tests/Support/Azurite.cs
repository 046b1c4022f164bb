using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Api.Tests.Support;

/// <summary>
/// Table storage for the tests: the account that <c>MUSTER_TABLES</c> names by its connection string; else an Azurite of their own, from
/// <c>MUSTER_AZURITE</c> (the path of <c>azurite-table</c>) or the PATH. It ends with the tests.
/// </summary>
internal static class Azurite
{
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);

    private static readonly Lazy<string> Started = new(() => Environment.GetEnvironmentVariable("MUSTER_TABLES") ?? Start());

    /// <summary>How it is reached.</summary>
    public static string ConnectionString => Started.Value;

    private static string Start()
    {
        var command = Environment.GetEnvironmentVariable("MUSTER_AZURITE")
            ?? Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(f => Path.Combine(f, "azurite-table")).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("These tests need Azurite: 'npm install --global azurite', or MUSTER_AZURITE with the path of azurite-table, or MUSTER_TABLES with a connection string.");
        var port = FreePort();
        var folder = Directory.CreateTempSubdirectory("muster-azurite-").FullName;
        string[] arguments = ["--tableHost", "127.0.0.1", "--tablePort", port.ToString(CultureInfo.InvariantCulture), "--location", folder, "--skipApiVersionCheck", "--disableTelemetry", "--silent"];
        var process = Process.Start(new ProcessStartInfo(command, arguments))!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            Directory.Delete(folder, recursive: true);
        };
        for (var watch = Stopwatch.StartNew(); !Listens(port);)
        {
            if (process.HasExited || watch.Elapsed > StartPatience)
            {
                throw new InvalidOperationException($"{command} did not start.");
            }
        }

        return $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={Key};TableEndpoint=http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/devstoreaccount1;";
    }

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool Listens(int port)
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
