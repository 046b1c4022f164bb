using Grains.Storage;

namespace Grains.Indexes;

/// <summary>The row of a bucket.</summary>
[GenerateSerializer, Immutable, Alias("muster.BucketState")]
public sealed record BucketState : IRowState<BucketState>, ICompactState<BucketState>
{
    [Id(0)]
    public int Schema { get; init; } = 1;

    /// <inheritdoc />
    [Id(1)]
    public string? WriteId { get; init; }

    /// <summary>The bucket holds the hashes whose low <c>Level</c> bits are its number.</summary>
    [Id(2)]
    public int Level { get; init; }

    /// <summary>A split at <see cref="Level"/> is under way: the moving half is frozen until it is done.</summary>
    [Id(3)]
    public bool Splitting { get; init; }

    /// <summary>The entries in listing order.</summary>
    [Id(4)]
    public BucketEntry[] Entries { get; init; } = [];

    /// <inheritdoc />
    public BucketState WithWriteId(string writeId) => this with { WriteId = writeId };

    static BucketState ICompactState<BucketState>.Read(ref RowReader reader) => new()
    {
        Schema = (int)reader.Number(),
        WriteId = reader.Id(),
        Level = (int)reader.Number(),
        Splitting = reader.Number() != 0,
        Entries = BucketEntry.ReadAll(ref reader),
    };

    void ICompactState<BucketState>.Write(ref RowWriter writer)
    {
        writer.Number(Schema);
        writer.Id(WriteId);
        writer.Number(Level);
        writer.Number(Splitting ? 1 : 0);
        BucketEntry.WriteAll(ref writer, Entries);
    }
}
