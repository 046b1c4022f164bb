using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Grains.Storage;

/// <summary>Ids of writes: random for each process, then counted, as drawing each at random costs more than the rest of a small write.</summary>
internal static class WriteIds
{
    private const int RandomLength = 8;

    private static readonly byte[] Random = RandomNumberGenerator.GetBytes(RandomLength);

    private static long count;

    /// <summary>An id that no other write has: 32 hexadecimal digits.</summary>
    public static string Next()
    {
        Span<byte> id = stackalloc byte[RandomLength + sizeof(long)];
        Random.CopyTo(id);
        BinaryPrimitives.WriteInt64BigEndian(id[RandomLength..], Interlocked.Increment(ref count));
        return Convert.ToHexStringLower(id);
    }
}
