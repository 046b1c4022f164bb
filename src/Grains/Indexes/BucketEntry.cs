using Grains.Storage;

namespace Grains.Indexes;

/// <summary>A value in a bucket, the ids that stand under it and the versions that ids left behind.</summary>
[GenerateSerializer, Immutable, Alias("muster.BucketEntry")]
public sealed record BucketEntry
{
    /// <summary>The normalised value.</summary>
    [Id(0)]
    public string Value { get; init; } = "";

    /// <summary>The keyed hash of the value.</summary>
    [Id(1)]
    public ulong Hash { get; init; }

    /// <summary>The ids that stand under the value.</summary>
    [Id(2)]
    public BucketOwner[] Owners { get; init; } = [];

    /// <summary>The ids that did, with the version up to which nothing of theirs is believed any more (PROTOCOL R4).</summary>
    [Id(3)]
    public BucketOwner[]? Left { get; init; }

    /// <summary>So many ids share the value that they are no longer listed.</summary>
    [Id(4)]
    public bool Common { get; init; }

    /// <summary>The place in the listing order.</summary>
    internal ulong Order => SplitOrder.Reverse(Hash);

    /// <summary>Reads entries.</summary>
    internal static BucketEntry[] ReadAll(ref RowReader reader)
    {
        var entries = new BucketEntry[reader.Count()];
        for (var i = 0; i < entries.Length; i++)
        {
            var form = (Form)reader.Number();
            var hash = reader.Bits();
            switch (form)
            {
                case Form.OwnId:
                    var id = reader.Id()!;
                    entries[i] = new BucketEntry { Value = id, Hash = hash, Owners = [new BucketOwner { Id = id, Version = reader.Number() }] };
                    break;
                case Form.OneId:
                    entries[i] = new BucketEntry
                    {
                        Value = reader.Text()!,
                        Hash = hash,
                        Owners = [new BucketOwner { Id = reader.Id()!, Version = reader.Number() }],
                    };
                    break;
                case Form.Whole:
                    entries[i] = new BucketEntry
                    {
                        Value = reader.Id()!,
                        Hash = hash,
                        Common = reader.Number() != 0,
                        Owners = BucketOwner.ReadAll(ref reader) ?? [],
                        Left = BucketOwner.ReadAll(ref reader),
                    };
                    break;
                default:
                    throw new InvalidDataException($"A bucket's entry is of the unknown form {form}.");
            }
        }

        return entries;
    }

    /// <summary>Writes the entry.</summary>
    internal void Write(ref RowWriter writer)
    {
        // Whether there is anything beside the value and one plain id, of whom the value may be the id itself: mostly there is not.
        var owner = Owners is [{ Tag: null, At: 0 } only] && Left is null && !Common ? only : null;
        var form = owner is null ? Form.Whole : owner.Id == Value ? Form.OwnId : Form.OneId;
        writer.Number((int)form);
        writer.Bits(Hash);
        switch (form)
        {
            case Form.OwnId:
                writer.Id(owner!.Id);
                writer.Number(owner.Version);
                break;
            case Form.OneId:
                writer.Text(Value);
                writer.Id(owner!.Id);
                writer.Number(owner.Version);
                break;
            default:
                writer.Id(Value);
                writer.Number(Common ? 1 : 0);
                BucketOwner.WriteAll(ref writer, Owners);
                BucketOwner.WriteAll(ref writer, Left);
                break;
        }
    }

    private enum Form
    {
        Whole,

        /// <summary>One id, which the value is: the index of all ids, the members of a group.</summary>
        OwnId,

        /// <summary>One id.</summary>
        OneId,
    }
}
