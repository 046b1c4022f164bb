using Grains.Storage;

namespace Grains.Indexes;

/// <summary>The row of a bucket.</summary>
[GenerateSerializer, Immutable, Alias("muster.BucketState")]
public sealed record BucketState : IRowState<BucketState>, ICompactState<BucketState>
{
    [NonSerialized]
    private readonly BucketImages? images = new();

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

    /// <summary>The entries as a table, to be changed.</summary>
    internal BucketTable Table => new(Entries);

    /// <inheritdoc />
    public bool Equals(BucketState? other) =>
        other is not null && Schema == other.Schema && WriteId == other.WriteId && Level == other.Level && Splitting == other.Splitting && Entries == other.Entries;

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(WriteId, Level);

    /// <summary>The state with the entries of a table.</summary>
    internal BucketState With(BucketTable table) => this with { Entries = table.Entries };

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
        WriteHead(ref writer);
        (images?.Newest ?? BucketImage.None).Write(Entries, ref writer);
    }

    byte[] ICompactState<BucketState>.WriteWhole(ref RowWriter writer)
    {
        var image = images?.Newest ?? BucketImage.None;
        writer.Reserve(image.Room);
        WriteHead(ref writer);
        var start = writer.Length;
        var ends = image.Write(Entries, ref writer);
        var row = writer.Finish();
        if (images is not null)
        {
            images.Newest = new BucketImage(Entries, row, start, ends);
        }

        return row;
    }

    private void WriteHead(ref RowWriter writer)
    {
        writer.Number(Schema);
        writer.Id(WriteId);
        writer.Number(Level);
        writer.Number(Splitting ? 1 : 0);
        writer.Number(Entries.Length);
    }
}
