using Grains.Storage;

namespace Grains.Indexes;

/// <summary>An id in a bucket's entry.</summary>
[GenerateSerializer, Immutable, Alias("muster.BucketOwner")]
public sealed record BucketOwner
{
    [Id(0)]
    public string Id { get; init; } = "";

    /// <summary>The version of the row on whose behalf it stands, or stood.</summary>
    [Id(1)]
    public long Version { get; init; }

    /// <summary>What the entry says of the id beside its version.</summary>
    [Id(2)]
    public string? Tag { get; init; }

    /// <summary>Of a version left behind: when, in Unix seconds.</summary>
    [Id(3)]
    public long At { get; init; }

    /// <summary>Writes ids, or that there are none.</summary>
    internal static void WriteAll(ref RowWriter writer, BucketOwner[]? owners)
    {
        writer.Number(owners is null ? 0 : owners.Length + 1L);
        foreach (var owner in owners ?? [])
        {
            writer.Id(owner.Id);
            writer.Number(owner.Version);
            writer.Text(owner.Tag);
            writer.Number(owner.At);
        }
    }

    /// <summary>Reads ids; null where there are none.</summary>
    internal static BucketOwner[]? ReadAll(ref RowReader reader)
    {
        var count = reader.Count();
        if (count == 0)
        {
            return null;
        }

        var owners = new BucketOwner[count - 1];
        for (var i = 0; i < owners.Length; i++)
        {
            owners[i] = new BucketOwner { Id = reader.Id()!, Version = reader.Number(), Tag = reader.Text(), At = reader.Number() };
        }

        return owners;
    }
}
