using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Grains.Embedded;

/// <summary>
/// The checksum that a row carries: CRC-32C over whose state it is, its version and its bytes, so that neither damaged bytes nor another's row
/// found in its place are taken for it.
/// </summary>
internal static class RowChecksum
{
    public static uint Of(GrainId grainId, string name, long etag, ReadOnlySpan<byte> data)
    {
        var sum = uint.MaxValue;
        sum = Add(sum, grainId.Type.ToString());
        sum = Add(sum, grainId.Key.ToString());
        sum = Add(sum, name);
        sum = BitOperations.Crc32C(sum, (ulong)etag);
        sum = BitOperations.Crc32C(sum, (ulong)data.Length);
        return ~Add(sum, data);
    }

    private static uint Add(uint sum, string text)
    {
        const int SmallEnoughForTheStack = 512;
        Span<byte> bytes = stackalloc byte[SmallEnoughForTheStack];
        // The length keeps "ab" + "c" apart from "a" + "bc".
        sum = BitOperations.Crc32C(sum, (ulong)text.Length);
        return Encoding.UTF8.TryGetBytes(text, bytes, out var length)
            ? Add(sum, bytes[..length])
            : Add(sum, Encoding.UTF8.GetBytes(text));
    }

    private static uint Add(uint sum, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var last in bytes)
        {
            sum = BitOperations.Crc32C(sum, last);
        }

        return sum;
    }
}
