using Grains.Storage;

namespace Grains.Requests;

/// <summary>What a log knows of one of its segments.</summary>
[GenerateSerializer, Immutable, Alias("muster.RequestSegment")]
public sealed record RequestSegment
{
    /// <summary>Its number, by which it is stored.</summary>
    [Id(0)]
    public long Number { get; init; }

    /// <summary>The number of its first request.</summary>
    [Id(1)]
    public long First { get; init; }

    [Id(2)]
    public long Count { get; init; }

    [Id(3)]
    public long Bytes { get; init; }

    /// <summary>When its earliest request came, in Unix milliseconds.</summary>
    [Id(4)]
    public long Earliest { get; init; }

    /// <summary>When its latest request came.</summary>
    [Id(5)]
    public long Latest { get; init; }

    internal void Write(ref RowWriter writer)
    {
        writer.Number(Number);
        writer.Number(First);
        writer.Number(Count);
        writer.Number(Bytes);
        writer.Number(Earliest);
        writer.Number(Latest - Earliest);
    }

    internal static RequestSegment Read(ref RowReader reader)
    {
        var segment = new RequestSegment
        {
            Number = reader.Number(),
            First = reader.Number(),
            Count = reader.Number(),
            Bytes = reader.Number(),
            Earliest = reader.Number(),
        };
        return segment with { Latest = segment.Earliest + reader.Number() };
    }
}
