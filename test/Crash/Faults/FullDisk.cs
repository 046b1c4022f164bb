using Crash.Options;

namespace Crash.Faults;

/// <summary>Not yet.</summary>
internal sealed class FullDisk(CrashOptions options)
{
    public Task<int> RunAsync(CancellationToken stop) => Task.FromException<int>(new NotSupportedException(stop.IsCancellationRequested ? "" : options.Work));
}
