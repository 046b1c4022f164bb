using System.Runtime.InteropServices;
using System.Text.Json;

namespace Bench.Measuring;

/// <summary>All that a load run measured, each run of each pair, with where and how.</summary>
internal sealed record LoadResults
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The arguments that the program was started with.</summary>
    public string Command { get; init; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset Taken { get; init; }

    /// <summary>On what machine.</summary>
    public string Machine { get; init; } = "";

    /// <summary>What was measured.</summary>
    public List<KindResult> Results { get; init; } = [];

    /// <summary>This machine in a line.</summary>
    public static string ThisMachine()
    {
        const string CpuInfo = "/proc/cpuinfo";
        var model = File.Exists(CpuInfo)
            ? File.ReadLines(CpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        return $"{Environment.ProcessorCount} cores {model}, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";
    }

    /// <summary>Reads a file of results.</summary>
    public static LoadResults Read(string path) =>
        JsonSerializer.Deserialize<LoadResults>(File.ReadAllBytes(path), Json) ?? throw new BenchException($"{path} holds no results.");

    /// <summary>Writes a file of results.</summary>
    public void Write(string path) => File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(this, Json));
}
