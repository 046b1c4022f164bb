using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace Bench.Client;

/// <summary>Finds where an HTTP/1.1 answer ends, and its status. It looks at no more than that needs.</summary>
internal sealed class ResponseScanner
{
    private const int MaxHeadLength = 32 * 1024;
    private const int StatusAt = 9;
    private const int StatusLength = 3;

    private readonly ArrayBufferWriter<byte> head = new();
    private readonly ArrayBufferWriter<byte> body = new();
    private readonly ArrayBufferWriter<byte> sizeLine = new();
    private long remaining;
    private Place place;

    private enum Place
    {
        Head,
        Body,
        ChunkSize,
        Chunk,
        ChunkEnd,
        Trailer,
        Done,
    }

    /// <summary>Whether the body is kept.</summary>
    public bool KeepsBody { get; init; }

    /// <summary>Whether the head is kept.</summary>
    public bool KeepsHead { get; init; }

    /// <summary>The HTTP status.</summary>
    public int Status { get; private set; }

    /// <summary>The body of the answer, where it is kept.</summary>
    public ReadOnlySpan<byte> Body => body.WrittenSpan;

    /// <summary>The status line and headers, where they are kept.</summary>
    public ReadOnlySpan<byte> Head => head.WrittenSpan;

    /// <summary>Whether nothing of an answer has come yet.</summary>
    public bool IsFresh { get; private set; } = true;

    /// <summary>Begins the next answer.</summary>
    public void Reset()
    {
        head.ResetWrittenCount();
        body.ResetWrittenCount();
        sizeLine.ResetWrittenCount();
        place = Place.Head;
        IsFresh = true;
    }

    /// <summary>Takes what was received.</summary>
    /// <returns>True where the answer is complete.</returns>
    /// <exception cref="InvalidDataException">It is no HTTP/1.1 answer.</exception>
    public bool Take(ReadOnlySpan<byte> bytes)
    {
        IsFresh = false;
        while (true)
        {
            switch (place)
            {
                case Place.Head:
                    if (!TakeHead(ref bytes))
                    {
                        return false;
                    }

                    break;
                case Place.Body:
                case Place.Chunk:
                    var count = (int)Math.Min(remaining, bytes.Length);
                    if (KeepsBody)
                    {
                        body.Write(bytes[..count]);
                    }

                    bytes = bytes[count..];
                    remaining -= count;
                    if (remaining > 0)
                    {
                        return false;
                    }

                    place = place == Place.Body ? Place.Done : Place.ChunkEnd;
                    break;
                case Place.Done:
                    return true;
                default:
                    if (!TakeLine(ref bytes))
                    {
                        return false;
                    }

                    break;
            }
        }
    }

    private bool TakeHead(ref ReadOnlySpan<byte> bytes)
    {
        // Nearly always the whole head comes at once: it is read where it stands.
        var end = head.WrittenCount == 0 ? bytes.IndexOf("\r\n\r\n"u8) : -1;
        if (end >= 0)
        {
            ReadHead(bytes[..(end + 2)]);
            if (KeepsHead)
            {
                head.Write(bytes[..(end + 2)]);
            }

            bytes = bytes[(end + 4)..];
            return true;
        }

        var before = head.WrittenCount;
        head.Write(bytes);
        end = head.WrittenSpan.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return head.WrittenCount <= MaxHeadLength ? false : throw new InvalidDataException("The head of the answer does not end.");
        }

        bytes = bytes[(end + 4 - before)..];
        ReadHead(head.WrittenSpan[..(end + 2)]);
        return true;
    }

    private void ReadHead(ReadOnlySpan<byte> lines)
    {
        if (!lines.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(lines.Slice(StatusAt, StatusLength), out int status, out _))
        {
            throw new InvalidDataException("The answer is not HTTP/1.1.");
        }

        Status = status;
        if (status is 204 or 304)
        {
            place = Place.Done;
        }
        else if (Value(lines, "\r\nContent-Length:"u8, "\r\ncontent-length:"u8) is { Length: > 0 } length)
        {
            place = Utf8Parser.TryParse(length.TrimStart((byte)' '), out remaining, out _)
                ? remaining == 0 ? Place.Done : Place.Body
                : throw new InvalidDataException("The Content-Length is not a number.");
        }
        else if (!Value(lines, "\r\nTransfer-Encoding:"u8, "\r\ntransfer-encoding:"u8).IsEmpty)
        {
            place = Place.ChunkSize;
        }
        else
        {
            throw new InvalidDataException("The answer has neither a length nor chunks.");
        }
    }

    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> lines, ReadOnlySpan<byte> name, ReadOnlySpan<byte> lowerName)
    {
        var at = lines.IndexOf(name);
        if (at < 0)
        {
            at = lines.IndexOf(lowerName);
        }

        return at < 0 ? [] : lines[(at + name.Length)..];
    }

    private bool TakeLine(ref ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n');
        if (end < 0)
        {
            sizeLine.Write(bytes);
            return false;
        }

        sizeLine.Write(bytes[..(end + 1)]);
        bytes = bytes[(end + 1)..];
        var line = sizeLine.WrittenSpan.TrimEnd("\r\n"u8);
        switch (place)
        {
            case Place.ChunkSize:
                var semicolon = line.IndexOf((byte)';');
                remaining = long.Parse(semicolon < 0 ? line : line[..semicolon], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                place = remaining == 0 ? Place.Trailer : Place.Chunk;
                break;
            case Place.ChunkEnd:
                place = Place.ChunkSize;
                break;
            default:
                place = line.IsEmpty ? Place.Done : Place.Trailer;
                break;
        }

        sizeLine.ResetWrittenCount();
        return true;
    }
}
