using System.Buffers.Binary;
using System.Text;

namespace Grains.Storage;

/// <summary>Reads what <see cref="RowWriter"/> wrote.</summary>
/// <param name="bytes">The row.</param>
internal ref struct RowReader(ReadOnlySpan<byte> bytes)
{
    private const int UuidLength = 16;

    private ReadOnlySpan<byte> rest = bytes;

    /// <summary>A number of 0 or more.</summary>
    /// <exception cref="InvalidDataException">The row is damaged, here and below.</exception>
    public long Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return (long)value;
            }
        }

        throw Damaged();
    }

    /// <summary>Whether nothing follows: of what a later version added, a row of before has nothing.</summary>
    public readonly bool IsAtEnd => rest.IsEmpty;

    /// <summary>How many entries follow; each takes a byte at least, so that a damaged count reserves no memory.</summary>
    public int Count()
    {
        var count = Number();
        return count >= 0 && count <= rest.Length ? (int)count : throw Damaged();
    }

    /// <summary>A number all of whose bits are in use.</summary>
    public ulong Bits() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    /// <summary>A text, or null.</summary>
    public string? Text()
    {
        var length = Number();
        return length == 0 ? null : Encoding.UTF8.GetString(Take(length - 1));
    }

    /// <summary>Bytes, or null.</summary>
    public byte[]? Bytes()
    {
        var length = Number();
        return length == 0 ? null : Take(length - 1).ToArray();
    }

    /// <summary>The same, without keeping them.</summary>
    public void SkipBytes()
    {
        var length = Number();
        if (length != 0)
        {
            Take(length - 1);
        }
    }

    /// <summary>So many bytes, which stand in the row.</summary>
    public ReadOnlySpan<byte> Raw(long count) => Take(count);

    /// <summary>An id, or null.</summary>
    public string? Id() => (IdForm)Take(1)[0] switch
    {
        IdForm.Text => Text(),
        IdForm.Dashed => new Guid(Take(UuidLength)).ToString("D"),
        IdForm.Plain => new Guid(Take(UuidLength)).ToString("N"),
        _ => throw Damaged(),
    };

    /// <summary>Nothing may be left.</summary>
    public readonly void End()
    {
        if (rest.Length > 0)
        {
            throw Damaged();
        }
    }

    private static InvalidDataException Damaged() => new("A stored row is not in the form in which it was written.");

    private ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > rest.Length)
        {
            throw Damaged();
        }

        var taken = rest[..(int)count];
        rest = rest[(int)count..];
        return taken;
    }
}
