using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Grains.Storage;

/// <summary>
/// Writes the compact form of a row with many small entries: numbers as varints (seven bits a byte, least first), texts as UTF-8 behind
/// their length, ids that are UUIDs as their 16 bytes. Read by <see cref="RowReader"/>.
/// </summary>
internal ref struct RowWriter
{
    private const int UuidLength = 16;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(512);
    private int length = 0;

    public RowWriter()
    {
    }

    /// <summary>How many bytes have been written.</summary>
    public readonly int Length => length;

    /// <summary>A number of 0 or more.</summary>
    public void Number(long value)
    {
        Reserve(10);
        var rest = (ulong)value;
        while (rest >= 0x80)
        {
            buffer[length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        buffer[length++] = (byte)rest;
    }

    /// <summary>A number all of whose bits are in use.</summary>
    public void Bits(ulong value)
    {
        Reserve(sizeof(ulong));
        BinaryPrimitives.WriteUInt64LittleEndian(buffer.AsSpan(length), value);
        length += sizeof(ulong);
    }

    /// <summary>A text, or null.</summary>
    public void Text(string? value)
    {
        if (value is null)
        {
            Number(0);
            return;
        }

        var bytes = Encoding.UTF8.GetByteCount(value);
        Number(bytes + 1L);
        Reserve(bytes);
        length += Encoding.UTF8.GetBytes(value, buffer.AsSpan(length));
    }

    /// <summary>An id, or null: short where it is a UUID as Muster writes them.</summary>
    public void Id(string? value)
    {
        Reserve(UuidLength + 1);
        var form = FormOf(value, out var uuid);
        buffer[length++] = (byte)form;
        if (form is IdForm.Dashed or IdForm.Plain)
        {
            uuid.TryWriteBytes(buffer.AsSpan(length));
            length += UuidLength;
        }
        else
        {
            Text(value);
        }
    }

    /// <summary>Bytes, or null.</summary>
    public void Bytes(byte[]? value)
    {
        Number(value is null ? 0 : value.Length + 1L);
        Raw(value);
    }

    /// <summary>What another writer wrote.</summary>
    public void Raw(ReadOnlySpan<byte> written)
    {
        Reserve(written.Length);
        written.CopyTo(buffer.AsSpan(length));
        length += written.Length;
    }

    /// <summary>What was written so far, until more is.</summary>
    public readonly ReadOnlySpan<byte> Written => buffer.AsSpan(0, length);

    /// <summary>Begins again, with nothing written.</summary>
    public void Clear() => length = 0;

    /// <summary>What was written. The writer is not to be used any more.</summary>
    public byte[] Finish()
    {
        var written = Copy();
        Dispose();
        return written;
    }

    /// <summary>What was written so far.</summary>
    public readonly byte[] Copy()
    {
        var written = GC.AllocateUninitializedArray<byte>(length);
        Written.CopyTo(written);
        return written;
    }

    /// <summary>The writer is not to be used any more.</summary>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    private static IdForm FormOf(string? value, out Guid uuid)
    {
        uuid = default;
        return value switch
        {
            // Only what comes out again as it went in.
            { Length: 36 } when Guid.TryParseExact(value, "D", out uuid) && !value.AsSpan().ContainsAnyInRange('A', 'F') => IdForm.Dashed,
            { Length: 32 } when Guid.TryParseExact(value, "N", out uuid) && !value.AsSpan().ContainsAnyInRange('A', 'F') => IdForm.Plain,
            _ => IdForm.Text,
        };
    }

    /// <summary>Makes room for so many more bytes.</summary>
    public void Reserve(int bytes)
    {
        if (buffer.Length - length >= bytes)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(buffer.Length * 2, length + bytes));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
