using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Api.Hosting;
using Grains.Abstractions.Indexes;
using Grains.Queries;
using Scim.Errors;

namespace Api.Scim;

/// <summary>
/// The cursors of RFC 9865 as clients see them: where a query goes on and when that was said, signed together with the directory and the query
/// by a key that all fronts share. A cursor of another directory, type, filter or order is none.
/// </summary>
internal sealed class QueryCursors(PlatformState platform, TimeProvider time, MusterSettings settings)
{
    private const byte Form = 1;
    private const int MacBytes = 16;

    /// <summary>Longer than any that is given out: a sort key has up to 256 characters.</summary>
    private const int MaxLength = 2048;

    private static readonly ScimError Invalid = ScimError.InvalidCursor(
        "The cursor is none that was given out for this query. It goes with the same directory, endpoint, filter, sortBy and sortOrder; begin with an empty one.");

    /// <summary>The cursor as text, of the unreserved characters of RFC 3986.</summary>
    public string Write(QueryCursor cursor, string directory, DirectoryQuery query)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Form);
            writer.Write(time.GetUtcNow().ToUnixTimeMilliseconds());
            writer.Write7BitEncodedInt(query.Count);
            writer.Write7BitEncodedInt(cursor.Type);
            writer.Write(cursor.Position.Order);
            WriteText(writer, cursor.Position.Value);
            WriteText(writer, cursor.Id);
            WriteText(writer, cursor.Key);
            writer.Write(cursor.Walk);
            writer.Write7BitEncodedInt(cursor.Offset);
        }

        var content = stream.ToArray();
        return Base64Url.EncodeToString([.. content, .. Mac(content, directory, query)]);
    }

    /// <summary>Reads a cursor that a client sent; the empty one is the beginning.</summary>
    /// <returns>The cursor, or 400 <c>invalidCursor</c>, <c>expiredCursor</c> or <c>invalidCount</c>.</returns>
    public Result<QueryCursor> Read(string text, string directory, DirectoryQuery query)
    {
        if (text.Length == 0)
        {
            return QueryCursor.Start;
        }

        var bytes = new byte[Base64Url.GetMaxDecodedLength(Math.Min(text.Length, MaxLength))];
        if (text.Length > MaxLength || Base64Url.DecodeFromChars(text, bytes, out _, out var length) != OperationStatus.Done || length <= MacBytes)
        {
            return Invalid;
        }

        var content = bytes.AsSpan(0, length - MacBytes);
        if (!CryptographicOperations.FixedTimeEquals(bytes.AsSpan(content.Length, MacBytes), Mac(content, directory, query)))
        {
            return Invalid;
        }

        // What follows was written by a front.
        using var reader = new BinaryReader(new MemoryStream(content.ToArray()), Encoding.UTF8);
        if (reader.ReadByte() != Form)
        {
            return Invalid;
        }

        var age = time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64());
        if (age > TimeSpan.FromSeconds(settings.CursorSeconds))
        {
            return ScimError.ExpiredCursor($"The cursor has expired: it is good for {settings.CursorSeconds} s. Begin with an empty one.");
        }

        if (reader.Read7BitEncodedInt() is var count && count != query.Count)
        {
            return ScimError.InvalidCount($"'count' must be the same for all pages; it was {count}.");
        }

        return new QueryCursor
        {
            Type = reader.Read7BitEncodedInt(),
            Position = new IndexPosition { Order = reader.ReadUInt64(), Value = ReadText(reader) },
            Id = ReadText(reader),
            Key = ReadText(reader),
            Walk = reader.ReadUInt64(),
            Offset = reader.Read7BitEncodedInt(),
        };
    }

    private byte[] Mac(ReadOnlySpan<byte> content, string directory, DirectoryQuery query)
    {
        var key = platform.TokenCheckKey ?? throw new InvalidOperationException("The platform is not open.");
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write("muster list cursor");
            writer.Write(directory);
            writer.Write(string.Join(',', query.Types));
            WriteText(writer, query.Filter);
            WriteText(writer, query.SortBy);
            writer.Write(query.Descending);
            writer.Write(content);
        }

        return HMACSHA256.HashData(key, stream.ToArray())[..MacBytes];
    }

    private static void WriteText(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null)
        {
            writer.Write(text);
        }
    }

    private static string? ReadText(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;
}
