using Grains.Abstractions.Requests;
using Grains.Storage;

namespace Grains.Requests;

/// <summary>The row of a request log: its newest requests, where the older ones are, and what was counted.</summary>
[GenerateSerializer, Immutable, Alias("muster.RequestLogState")]
public sealed record RequestLogState : IRowState<RequestLogState>, ICompactState<RequestLogState>
{
    /// <summary>So many bytes of requests become a segment: what a write of the row costs stays within bounds, and a segment is far smaller than a row may be.</summary>
    public const int SegmentBytes = 64 << 10;

    /// <summary>So many segments are stored at once, at the most: what an append that ends half-way leaves behind has bounds.</summary>
    public const int SegmentsAtOnce = 16;

    [Id(0)]
    public int Schema { get; init; } = 1;

    /// <inheritdoc />
    [Id(1)]
    public string? WriteId { get; init; }

    /// <summary>The number that the next request gets.</summary>
    [Id(2)]
    public long Next { get; init; }

    /// <summary>The number that the next segment gets.</summary>
    [Id(3)]
    public long NextSegment { get; init; }

    /// <summary>All segments below this number are cleared.</summary>
    [Id(4)]
    public long Cleared { get; init; }

    /// <summary>Oldest first.</summary>
    [Id(5)]
    public RequestSegment[] Segments { get; init; } = [];

    /// <summary>The requests behind the last segment.</summary>
    [Id(6)]
    public RequestSegment Open { get; init; } = new();

    /// <summary>The same, as <see cref="StoredRequests"/> has them.</summary>
    [Id(7)]
    public byte[] Tail { get; init; } = [];

    [Id(8)]
    public DirectoryTraffic Traffic { get; init; } = DirectoryTraffic.None;

    /// <summary>For how many days requests are kept, as was said last.</summary>
    [Id(9)]
    public int RetentionDays { get; init; }

    /// <summary>How many requests are kept.</summary>
    public long Count => Segments.Sum(s => s.Count) + Open.Count;

    /// <inheritdoc />
    public RequestLogState WithWriteId(string writeId) => this with { WriteId = writeId };

    /// <summary>The state with more requests, up to where so many segments are full as are stored at once.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="taken">How many of them it has.</param>
    /// <param name="segments">The segments that are full, to be stored before the state is: the last of <see cref="Segments"/>.</param>
    internal RequestLogState Append(ReadOnlySpan<LoggedRequest> requests, out int taken, out List<byte[]> segments)
    {
        segments = [];
        var (open, full) = (Open, new List<RequestSegment>());
        var tail = new RowWriter();
        var scratch = new RowWriter();
        tail.Raw(Tail);
        for (taken = 0; taken < requests.Length && segments.Count < SegmentsAtOnce; taken++)
        {
            var request = requests[taken];
            var before = tail.Length;
            StoredRequests.Append(ref tail, request, Next + taken, ref scratch);
            var bytes = tail.Length - before;
            open = open.Count == 0
                ? new RequestSegment { First = Next + taken, Count = 1, Bytes = bytes, Earliest = request.At, Latest = request.At }
                : open with
                {
                    Count = open.Count + 1,
                    Bytes = open.Bytes + bytes,
                    Earliest = Math.Min(open.Earliest, request.At),
                    Latest = Math.Max(open.Latest, request.At),
                };
            if (tail.Length >= SegmentBytes)
            {
                full.Add(open with { Number = NextSegment + full.Count });
                segments.Add(tail.Copy());
                open = new RequestSegment();
                tail.Clear();
            }
        }

        scratch.Dispose();
        return this with { Next = Next + taken, NextSegment = NextSegment + full.Count, Segments = full.Count == 0 ? Segments : [.. Segments, .. full], Open = open, Tail = tail.Finish() };
    }

    /// <summary>The state with other numbers for its newest segments: others stand under theirs.</summary>
    internal RequestLogState Renumbered(int segments, long by) => this with
    {
        NextSegment = NextSegment + by,
        Segments = [.. Segments.SkipLast(segments), .. Segments.TakeLast(segments).Select(s => s with { Number = s.Number + by })],
    };

    /// <summary>The state without what is too old or too much.</summary>
    internal RequestLogState Within(RequestLogLimits limits, DateTimeOffset now)
    {
        var earliest = Earliest(limits.RetentionDays, now);
        var (count, bytes, dropped) = (Count, Segments.Sum(s => s.Bytes) + Open.Bytes, 0);
        while (dropped < Segments.Length
            && (Segments[dropped].Latest < earliest || count > limits.MaxEntries || bytes > limits.MaxBytes))
        {
            (count, bytes) = (count - Segments[dropped].Count, bytes - Segments[dropped].Bytes);
            dropped++;
        }

        var traffic = Traffic.Since(earliest);
        var state = dropped == 0 && RetentionDays == limits.RetentionDays && ReferenceEquals(traffic, Traffic)
            ? this
            : this with { Segments = Segments[dropped..], RetentionDays = limits.RetentionDays, Traffic = traffic };
        return state.Open.Count > 0 && state.Open.Latest < earliest ? state with { Open = new RequestSegment(), Tail = [] } : state;
    }

    /// <summary>The query, without what is too old: a segment is cleared when its newest request is.</summary>
    internal RequestQuery WithinRetention(RequestQuery query, DateTimeOffset now)
    {
        var earliest = Earliest(RetentionDays, now);
        return query.From >= earliest ? query : query with { From = earliest };
    }

    internal static long Earliest(int retentionDays, DateTimeOffset now) => now.AddDays(-retentionDays).ToUnixTimeMilliseconds();

    static RequestLogState ICompactState<RequestLogState>.Read(ref RowReader reader)
    {
        var state = new RequestLogState
        {
            Schema = (int)reader.Number(),
            WriteId = reader.Id(),
            Next = reader.Number(),
            NextSegment = reader.Number(),
            Cleared = reader.Number(),
            RetentionDays = (int)reader.Number(),
        };
        var segments = new RequestSegment[reader.Count()];
        for (var i = 0; i < segments.Length; i++)
        {
            segments[i] = RequestSegment.Read(ref reader);
        }

        return state with
        {
            Segments = segments,
            Open = RequestSegment.Read(ref reader),
            Tail = reader.Bytes() ?? [],
            Traffic = StoredTraffic.Read(ref reader),
        };
    }

    void ICompactState<RequestLogState>.Write(ref RowWriter writer)
    {
        writer.Number(Schema);
        writer.Id(WriteId);
        writer.Number(Next);
        writer.Number(NextSegment);
        writer.Number(Cleared);
        writer.Number(RetentionDays);
        writer.Number(Segments.Length);
        foreach (var segment in Segments)
        {
            segment.Write(ref writer);
        }

        Open.Write(ref writer);
        writer.Bytes(Tail);
        StoredTraffic.Write(ref writer, Traffic);
    }
}
