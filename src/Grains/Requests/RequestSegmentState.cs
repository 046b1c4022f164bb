using Grains.Storage;

namespace Grains.Requests;

/// <summary>The row of a segment of a request log.</summary>
[GenerateSerializer, Immutable, Alias("muster.RequestSegmentState")]
public sealed record RequestSegmentState : IRowState<RequestSegmentState>, ICompactState<RequestSegmentState>
{
    [Id(0)]
    public int Schema { get; init; } = 1;

    /// <inheritdoc />
    [Id(1)]
    public string? WriteId { get; init; }

    /// <summary>The requests, as <see cref="StoredRequests"/> has them.</summary>
    [Id(2)]
    public byte[] Requests { get; init; } = [];

    /// <inheritdoc />
    public RequestSegmentState WithWriteId(string writeId) => this with { WriteId = writeId };

    static RequestSegmentState ICompactState<RequestSegmentState>.Read(ref RowReader reader) =>
        new() { Schema = (int)reader.Number(), WriteId = reader.Id(), Requests = reader.Bytes() ?? [] };

    void ICompactState<RequestSegmentState>.Write(ref RowWriter writer)
    {
        writer.Number(Schema);
        writer.Id(WriteId);
        writer.Bytes(Requests);
    }
}
