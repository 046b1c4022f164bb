using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Api.Hosting;
using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Requests;

namespace Api.Requests;

/// <summary>
/// Requests on their way into the logs of their directories. To put one in never waits: where a directory's share is full, or the memory
/// for all, it is counted instead, and its log says how many are missing. What is here when a process is killed is lost.
/// </summary>
internal sealed partial class RequestQueue(IGrainFactory grains, MusterSettings settings, TimeProvider time, ILogger<RequestQueue> logger)
{
    /// <summary>Requests of one directory that wait at the most.</summary>
    public const int MostOfDirectory = 2000;

    /// <summary>So many are written without waiting for the next turn.</summary>
    public const int WrittenAtOnce = MostOfDirectory / 2;

    /// <summary>Bodies of one directory, and of all, that wait at the most, in bytes; more requests wait without theirs.</summary>
    public const int MostBytesOfDirectory = 2 << 20;
    public const int MostBytes = 32 << 20;

    /// <summary>Requests of all directories that wait at the most.</summary>
    public const int Most = 50_000;

    /// <summary>A log's entries at the most, beside its bytes and days.</summary>
    private const int MaxEntries = 200_000;

    /// <summary>How many logs are written at once.</summary>
    private const int LogsAtOnce = 8;

    private static readonly Meter Meter = new("Muster.Requests");
    private static readonly Counter<long> Missing = Meter.CreateCounter<long>("muster.requestlog.dropped");

    private readonly ConcurrentDictionary<string, Waiting> directories = new(StringComparer.Ordinal);
    private int count;
    private long bytes;
    private long dropped;

    /// <summary>How many requests are not in their log as there was no room or storage did not confirm, since the process began.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>How many wait, those being written included.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Puts a request in, or counts it as missing.</summary>
    public void Put(SeenRequest request)
    {
        var size = request.HeldBytes;
        if (size > 0 && Interlocked.Read(ref bytes) + size > MostBytes)
        {
            request.DropBodies();
        }

        while (true)
        {
            var waiting = directories.GetOrAdd(request.DirectoryId!, static _ => new Waiting());
            var isFull = false;
            lock (waiting.Gate)
            {
                if (waiting.IsGone)
                {
                    continue;
                }

                if (waiting.Bytes + request.HeldBytes > MostBytesOfDirectory)
                {
                    request.DropBodies();
                }

                if (waiting.Requests.Count >= MostOfDirectory || Volatile.Read(ref count) >= Most)
                {
                    waiting.Drop(request);
                    Drop(1);
                    return;
                }

                waiting.Requests.Add(request);
                waiting.Bytes += request.HeldBytes;
                Interlocked.Increment(ref count);
                Interlocked.Add(ref bytes, request.HeldBytes);
                isFull = waiting.Requests.Count == WrittenAtOnce;
            }

            if (isFull)
            {
                _ = Task.Run(() => Flush(request.DirectoryId!));
            }

            return;
        }
    }

    /// <summary>Writes what waits, of all directories.</summary>
    public Task Flush() => Parallel.ForEachAsync(
        directories.Keys,
        new ParallelOptions { MaxDegreeOfParallelism = LogsAtOnce },
        async (directory, _) => await Flush(directory));

    /// <summary>Writes what waits of a directory: all that was put in before.</summary>
    public async Task Flush(string directory)
    {
        if (directories.TryGetValue(directory, out var before))
        {
            Task? underWay;
            lock (before.Gate)
            {
                underWay = before.Writing;
            }

            if (underWay is not null)
            {
                // It does not have what was put in since it began.
                await underWay;
            }
        }

        if (!directories.TryGetValue(directory, out var waiting))
        {
            return;
        }

        Task writing;
        lock (waiting.Gate)
        {
            if (waiting.IsGone)
            {
                return;
            }

            writing = waiting.Writing ??= Task.Run(() => Write(directory, waiting));
        }

        await writing;
    }

    private async Task Write(string directory, Waiting waiting)
    {
        List<SeenRequest> requests;
        long missing;
        long missingFailures;
        long held;
        lock (waiting.Gate)
        {
            (requests, waiting.Requests) = (waiting.Requests, []);
            (held, waiting.Bytes) = (waiting.Bytes, 0);
            (missing, missingFailures) = (waiting.Dropped, waiting.DroppedFailures);
            (waiting.Dropped, waiting.DroppedFailures) = (0, 0);
        }

        var isWritten = requests.Count == 0 && missing == 0;
        try
        {
            isWritten = isWritten || await Append(directory, requests, missing, missingFailures);
        }
        catch (Exception exception)
        {
            LogNotWritten(logger, directory, requests.Count, exception);
        }

        Interlocked.Add(ref count, -requests.Count);
        Interlocked.Add(ref bytes, -held);
        lock (waiting.Gate)
        {
            waiting.Writing = null;
            if (!isWritten)
            {
                requests.ForEach(waiting.Drop);
                waiting.Dropped += missing;
                waiting.DroppedFailures += missingFailures;
                Drop(requests.Count);
            }

            if (waiting.Requests.Count == 0 && waiting.Dropped == 0)
            {
                waiting.IsGone = true;
                directories.TryRemove(directory, out _);
            }
        }
    }

    /// <returns>False where the log did not confirm: the requests may be in it, or not.</returns>
    private async Task<bool> Append(string directory, List<SeenRequest> requests, long missing, long missingFailures)
    {
        // What its clients brought is newer than what a question would; who brought no good credential may have named what is not there.
        var context = requests.FindLast(r => r.Directory is not null)?.Directory
            ?? await grains.GetGrain<IDirectoryGrain>(GrainKeys.Directory(directory)).Context();
        if (context is null)
        {
            return true;
        }

        var entries = requests.ConvertAll(RequestEntry.Of);
        if (missing > 0)
        {
            entries.Add(new LoggedRequest
            {
                At = time.GetUtcNow().ToUnixTimeMilliseconds(),
                Outcome = RequestOutcome.Dropped,
                Dropped = missing,
                DroppedFailures = missingFailures,
            });
        }

        return await grains.GetGrain<IRequestLogGrain>(GrainKeys.Directory(directory)).Append(new RequestBatch
        {
            Requests = [.. entries],
            Kept = context.RequestLog?.On ?? true,
            Limits = LimitsOf(context.RequestLog),
        });
    }

    /// <summary>How much a directory's log holds, by its settings and the server's.</summary>
    public RequestLogLimits LimitsOf(RequestLogSettings? own) => new()
    {
        MaxEntries = MaxEntries,
        MaxBytes = (long)settings.RequestLogMegabytes << 20,
        RetentionDays = own?.RetentionDays ?? settings.RequestLogDays,
    };

    private void Drop(int requests)
    {
        Interlocked.Add(ref dropped, requests);
        Missing.Add(requests);
    }

    [LoggerMessage(1, LogLevel.Warning, "{Count} requests are missing in the request log of directory {Directory}: it was not confirmed")]
    private static partial void LogNotWritten(ILogger logger, string directory, int count, Exception exception);

    private sealed class Waiting
    {
        public Lock Gate { get; } = new();

        public List<SeenRequest> Requests { get; set; } = [];

        public long Bytes { get; set; }

        public long Dropped { get; set; }

        public long DroppedFailures { get; set; }

        /// <summary>The write that is under way.</summary>
        public Task? Writing { get; set; }

        /// <summary>It is in the table no more.</summary>
        public bool IsGone { get; set; }

        public void Drop(SeenRequest request)
        {
            Dropped++;
            DroppedFailures += request.Status is 0 or >= StatusCodes.Status400BadRequest ? 1 : 0;
        }
    }
}
