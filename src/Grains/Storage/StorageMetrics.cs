using System.Diagnostics.Metrics;

namespace Grains.Storage;

/// <summary>Counts storage operations, because they are the bill.</summary>
public sealed class StorageMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Muster.Storage";

    private readonly Meter meter = new(MeterName);
    private readonly Counter<long> operations;
    private long reads;
    private long writes;
    private long clears;

    public StorageMetrics() => operations = meter.CreateCounter<long>("muster.storage.operations", "{operation}", "Grain storage operations.");

    /// <summary>Reads since the start of the process.</summary>
    public long Reads => Interlocked.Read(ref reads);

    /// <summary>Writes since the start of the process.</summary>
    public long Writes => Interlocked.Read(ref writes);

    /// <summary>Rows cleared since the start of the process.</summary>
    public long Clears => Interlocked.Read(ref clears);

    /// <inheritdoc />
    public void Dispose() => meter.Dispose();

    internal void CountRead(string state) => Count(ref reads, "read", state);

    internal void CountWrite(string state) => Count(ref writes, "write", state);

    internal void CountClear(string state) => Count(ref clears, "clear", state);

    private void Count(ref long total, string operation, string state)
    {
        Interlocked.Increment(ref total);
        operations.Add(1, new KeyValuePair<string, object?>("operation", operation), new KeyValuePair<string, object?>("state", state));
    }
}
