using System.Diagnostics;
using System.Net;

namespace Bench.Client;

/// <summary>Puts a load on a server, by connections of its own that cost as little as they can beside what they measure.</summary>
internal static class LoadGenerator
{
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";
    private const string SocketThreads = "DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT";

    /// <summary>How long answers are waited for after the last request.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>Has one thread handle all sockets of this process. To be called before the first is made.</summary>
    public static void Prepare()
    {
        Environment.SetEnvironmentVariable(InlineCompletions, "1");
        Environment.SetEnvironmentVariable(SocketThreads, "1");
    }

    /// <summary>Takes what <see cref="Prepare"/> set out of the environment of a child.</summary>
    public static void Unprepare(ProcessStartInfo child)
    {
        child.Environment.Remove(InlineCompletions);
        child.Environment.Remove(SocketThreads);
    }

    /// <summary>Runs a load to its end.</summary>
    /// <param name="server">Where to, by http.</param>
    /// <param name="shape">How.</param>
    /// <param name="sources">What each connection sends, by its number.</param>
    public static LoadOutcome Run(Uri server, LoadShape shape, Func<int, RequestSource> sources)
    {
        var endPoint = new IPEndPoint(Dns.GetHostAddresses(server.Host).OrderBy(a => a.AddressFamily).First(), server.Port);
        var clock = new LoadClock(shape);
        var start = Stopwatch.GetTimestamp();
        var connections = Enumerable.Range(0, shape.Connections)
            .Select(i => new LoadConnection(endPoint, sources(i), clock, start + (clock.IntervalTicks * i / shape.Connections)))
            .ToArray();
        foreach (var connection in connections)
        {
            connection.Start();
        }

        while (clock.IsPaced && clock.IsRunning && Stopwatch.GetElapsedTime(start) < shape.Duration + Patience)
        {
            var now = Stopwatch.GetTimestamp();
            foreach (var connection in connections)
            {
                connection.Tick(now);
            }

            Thread.Sleep(Tick);
        }

        var ended = clock.Wait(shape.Duration + Patience);
        var latencies = new LatencyHistogram();
        foreach (var connection in connections)
        {
            latencies.Add(connection.Latencies);
            connection.Dispose();
        }

        var last = Math.Max(connections.Max(c => c.LastAnswer), start + 1);
        return new LoadOutcome(
            Stopwatch.GetElapsedTime(start, last).TotalSeconds,
            latencies,
            connections.Sum(c => c.Errors) + (ended ? 0 : 1),
            connections.Select(c => c.FirstError).FirstOrDefault(e => e is not null) ?? (ended ? null : "Not all requests were answered."));
    }
}
