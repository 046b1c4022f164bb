using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Scim.Resources;

/// <summary>
/// The place of the base URL in documents that are kept ready to send: the single byte 0x01 at the start of a JSON string, as in
/// <c>"location":"␁/Users/123"</c>. A raw control byte stands nowhere else in valid JSON (RFC 8259 §7), so finding it needs no parsing.
/// Each answer fills in the address by which its request came.
/// </summary>
public static class AddressMark
{
    /// <summary>The byte that stands for the base URL.</summary>
    public const byte Byte = 0x01;

    private const int MaxOnStack = 512;

    /// <summary>Copies a document, or a part of one, with the base URL in place of each mark.</summary>
    /// <param name="document">UTF-8 with any number of marks.</param>
    /// <param name="baseUrlJsonEscaped">The base URL, without a slash at its end, as it stands inside a JSON string.</param>
    /// <param name="output">Takes the result.</param>
    public static void Fill(ReadOnlySpan<byte> document, ReadOnlySpan<byte> baseUrlJsonEscaped, IBufferWriter<byte> output)
    {
        var length = FilledLength(document, baseUrlJsonEscaped);
        if (length == 0)
        {
            return;
        }

        var filled = output.GetSpan(length);
        int mark;
        while ((mark = document.IndexOf(Byte)) >= 0)
        {
            document[..mark].CopyTo(filled);
            baseUrlJsonEscaped.CopyTo(filled[mark..]);
            filled = filled[(mark + baseUrlJsonEscaped.Length)..];
            document = document[(mark + 1)..];
        }

        document.CopyTo(filled);
        output.Advance(length);
    }

    /// <summary>How long a document is with the base URL in place of each mark, in bytes.</summary>
    /// <param name="document">UTF-8 with any number of marks.</param>
    /// <param name="baseUrlJsonEscaped">The base URL, without a slash at its end, as it stands inside a JSON string.</param>
    public static int FilledLength(ReadOnlySpan<byte> document, ReadOnlySpan<byte> baseUrlJsonEscaped) =>
        checked(document.Length + (document.Count(Byte) * (baseUrlJsonEscaped.Length - 1)));

    /// <summary>Writes a member whose value is an address here.</summary>
    /// <param name="writer">Takes the member.</param>
    /// <param name="member">Its name.</param>
    /// <param name="path">The path below the base URL, with its slash, percent-encoded.</param>
    internal static void Write(Utf8JsonWriter writer, string member, string path)
    {
        var text = JsonEncodedText.Encode(path, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes;
        Span<byte> marked = text.Length <= MaxOnStack ? stackalloc byte[text.Length + 3] : new byte[text.Length + 3];
        marked[0] = (byte)'"';
        marked[1] = Byte;
        text.CopyTo(marked[2..]);
        marked[^1] = (byte)'"';
        writer.WritePropertyName(member);
        writer.WriteRawValue(marked, skipInputValidation: true);
    }

    /// <summary>Writes a member whose value is the address of a resource here.</summary>
    /// <param name="writer">Takes the member.</param>
    /// <param name="member">Its name.</param>
    /// <param name="collection">The path of the collection below the base URL, with its slashes: <c>/Users/</c>. Nothing in it is escaped.</param>
    /// <param name="id">The last part of the path, to be percent-encoded.</param>
    internal static void Write(Utf8JsonWriter writer, string member, string collection, string id)
    {
        // What is percent-encoded needs no escapes in JSON.
        var last = Uri.EscapeDataString(id);
        var most = Encoding.UTF8.GetMaxByteCount(collection.Length + last.Length);
        Span<byte> marked = most <= MaxOnStack ? stackalloc byte[most + 3] : new byte[most + 3];
        marked[0] = (byte)'"';
        marked[1] = Byte;
        var length = 2 + Encoding.UTF8.GetBytes(collection, marked[2..]);
        length += Encoding.UTF8.GetBytes(last, marked[length..]);
        marked[length++] = (byte)'"';
        writer.WritePropertyName(member);
        writer.WriteRawValue(marked[..length], skipInputValidation: true);
    }
}
