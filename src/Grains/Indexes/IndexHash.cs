using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Grains.Indexes;

/// <summary>The hash by which an index spreads its values over its buckets.</summary>
internal static class IndexHash
{
    /// <summary>
    /// Ids that were drawn within so many milliseconds of each other are neighbours in the index of all ids, 2 to the power of this: those
    /// who are made at once then go into one bucket by one write. At 2,000 creates a second it is a quarter of a bucket.
    /// </summary>
    private const int MomentBits = 3;

    /// <summary>So many low bits, by which the bucket is chosen, are the moment's.</summary>
    private const int SharedBits = 40;

    private const int UuidLength = 36;
    private const int UuidVersionAt = 14;

    /// <summary>The hash of a value that is given as it stands in an index.</summary>
    /// <param name="key">The directory's key.</param>
    /// <param name="index">The index. Its name goes into the hash, so that its buckets are no mirror of another's.</param>
    /// <param name="value">The value.</param>
    public static ulong Of(ReadOnlySpan<byte> key, string index, string value)
    {
        Span<byte> text = stackalloc byte[(index.Length + 1 + value.Length) * 3];
        var start = Encoding.UTF8.GetBytes(index, text);
        text[start++] = 0;
        var own = SipHash.Of(key, text[..(start + Encoding.UTF8.GetBytes(value, text[start..]))]);
        if (!IndexNames.IsOfIds(index) || MomentOf(value) is not { } moment)
        {
            return own;
        }

        BinaryPrimitives.WriteInt64LittleEndian(text[start..], moment);
        const ulong Shared = (1UL << SharedBits) - 1;
        return (own & ~Shared) | (SipHash.Of(key, text[..(start + sizeof(long))]) & Shared);
    }

    /// <summary>When an id was drawn, if it says so: a UUIDv7 begins with 48 bits of Unix milliseconds (RFC 9562 §5.7).</summary>
    private static long? MomentOf(string id) =>
        id.Length == UuidLength && id[UuidVersionAt] == '7'
        && long.TryParse(id.AsSpan(0, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var high)
        && long.TryParse(id.AsSpan(9, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var low)
            ? ((high << 16) | low) >> MomentBits
            : null;
}
