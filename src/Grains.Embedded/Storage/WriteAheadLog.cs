using System.Buffers.Binary;

namespace Grains.Embedded;

/// <summary>
/// Looks for damage in SQLite's write-ahead log, which SQLite itself takes for the log's end: it would silently drop every transaction behind it,
/// acknowledged ones too (https://sqlite.org/fileformat2.html#the_write_ahead_log).
/// </summary>
/// <remarks>
/// A power cut, too, may leave a bad frame, but only in the last transaction, for each is synced before the next begins. So what cannot be told
/// from that (damage within the last transaction, a log cut short) is not found.
/// </remarks>
internal static class WriteAheadLog
{
    private const int HeaderSize = 32;
    private const int FrameHeaderSize = 24;
    private const int CheckedOfHeader = 24;
    private const int CheckedOfFrameHeader = 8;
    private const int SaltAt = 16;
    private const int SaltSize = 8;
    private const int FrameSaltAt = 8;
    private const int ChecksumAt = 24;
    private const int FrameChecksumAt = 16;
    private const int PageSizeAt = 8;
    private const int CommitAt = 4;
    private const uint LittleEndianMagic = 0x377f0682;

    /// <summary>How many whole transactions a power cut may leave behind a bad frame: the one that was being written.</summary>
    private const int TransactionsOfAPowerCut = 1;

    /// <summary>What is wrong with the log of the database at <paramref name="path"/>, or null.</summary>
    public static string? Damage(string path)
    {
        var file = path + "-wal";
        if (!File.Exists(file))
        {
            return null;
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var header = new byte[HeaderSize];
        if (stream.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize)
        {
            return null;
        }

        var swap = BinaryPrimitives.ReadUInt32BigEndian(header) == LittleEndianMagic;
        var sum = Sum(default, header.AsSpan(0, CheckedOfHeader), swap);
        if (sum != Stored(header, ChecksumAt))
        {
            return $"{file}: its header is damaged";
        }

        var frame = new byte[FrameHeaderSize + BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(PageSizeAt))];
        var salt = header.AsSpan(SaltAt, SaltSize);
        var isWhole = true;
        long number = 0;
        long firstBad = 0;
        var behind = 0;
        while (stream.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length)
        {
            number++;
            var isOfThisLog = frame.AsSpan(FrameSaltAt, SaltSize).SequenceEqual(salt);
            if (isWhole)
            {
                sum = Sum(sum, frame.AsSpan(0, CheckedOfFrameHeader), swap);
                sum = Sum(sum, frame.AsSpan(FrameHeaderSize), swap);
                isWhole = isOfThisLog && sum == Stored(frame, FrameChecksumAt);
                firstBad = isWhole ? 0 : number;
            }

            if (!isWhole && isOfThisLog && BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(CommitAt)) != 0)
            {
                behind++;
            }
        }

        return behind > TransactionsOfAPowerCut ? $"{file}: frame {firstBad} is damaged, with {behind} transactions in and behind it" : null;
    }

    private static (uint First, uint Second) Stored(byte[] bytes, int at)
        => (BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at)), BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at + sizeof(uint))));

    private static (uint First, uint Second) Sum((uint First, uint Second) sum, ReadOnlySpan<byte> bytes, bool littleEndian)
    {
        var (first, second) = sum;
        for (; bytes.Length > 0; bytes = bytes[(2 * sizeof(uint))..])
        {
            first = unchecked(first + Word(bytes, littleEndian) + second);
            second = unchecked(second + Word(bytes[sizeof(uint)..], littleEndian) + first);
        }

        return (first, second);
    }

    private static uint Word(ReadOnlySpan<byte> bytes, bool littleEndian)
        => littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
