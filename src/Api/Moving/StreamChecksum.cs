using System.Buffers.Binary;
using System.Numerics;

namespace Api.Moving;

/// <summary>CRC-32C over all bytes of a file so far.</summary>
/// <param name="Value">The checksum of what was added; 0 of nothing.</param>
internal readonly record struct StreamChecksum(uint Value)
{
    /// <summary>How many characters its text has.</summary>
    public const int TextLength = 8;

    /// <summary>The checksum with more bytes added.</summary>
    public StreamChecksum With(ReadOnlySpan<byte> bytes)
    {
        var sum = ~Value;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var last in bytes)
        {
            sum = BitOperations.Crc32C(sum, last);
        }

        return new StreamChecksum(~sum);
    }

    /// <summary>Eight hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x8", null);
}
