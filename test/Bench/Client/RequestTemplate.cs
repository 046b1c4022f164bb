using System.Text;

namespace Bench.Client;

/// <summary>
/// One HTTP/1.1 request, made ready in advance but for its holes: <c>{id}</c> is a resource id, <c>{n}</c> a number of
/// <see cref="NumberWidth"/> digits. A body is padded with spaces, which JSON allows, so that its length is known beforehand.
/// </summary>
internal sealed class RequestTemplate
{
    /// <summary>How many digits a number has in a request.</summary>
    public const int NumberWidth = 10;

    /// <summary>The longest id that a body leaves room for.</summary>
    public const int MaxIdLength = 64;

    private const string IdHole = "{id}";
    private const string NumberHole = "{n}";

    private readonly Part[] head;
    private readonly Part[] body;
    private readonly int bodyLength;

    /// <summary>Makes a request ready.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="host">The <c>Host</c> header.</param>
    /// <param name="target">Path and query, with holes.</param>
    /// <param name="token">The bearer token.</param>
    /// <param name="json">The body, with holes; null for none.</param>
    public RequestTemplate(string method, string host, string target, string token, string? json = null)
    {
        body = json is null ? [] : Split(json);
        bodyLength = body.Sum(part => part.Hole switch { Hole.Id => MaxIdLength, Hole.Number => NumberWidth, _ => part.Bytes.Length });
        var text = new StringBuilder()
            .Append(method).Append(' ').Append(target).Append(" HTTP/1.1\r\nHost: ").Append(host)
            .Append("\r\nAuthorization: Bearer ").Append(token)
            .Append("\r\nAccept: application/scim+json, application/json\r\n");
        if (json is not null)
        {
            text.Append("Content-Type: application/scim+json\r\nContent-Length: ").Append(bodyLength).Append("\r\n");
        }

        head = Split(text.Append("\r\n").ToString());
    }

    private enum Hole
    {
        None,
        Id,
        Number,
    }

    /// <summary>Writes the request.</summary>
    /// <returns>How many bytes were written.</returns>
    public int Write(Span<byte> buffer, ReadOnlySpan<byte> id, long number)
    {
        var written = Write(head, buffer, id, number);
        if (bodyLength == 0)
        {
            return written;
        }

        var of = Write(body, buffer[written..], id, number);
        buffer.Slice(written + of, bodyLength - of).Fill((byte)' ');
        return written + bodyLength;
    }

    private static int Write(Part[] parts, Span<byte> buffer, ReadOnlySpan<byte> id, long number)
    {
        var written = 0;
        foreach (var part in parts)
        {
            switch (part.Hole)
            {
                case Hole.Id:
                    id.CopyTo(buffer[written..]);
                    written += id.Length;
                    break;
                case Hole.Number:
                    var rest = number;
                    for (var i = NumberWidth - 1; i >= 0; i--)
                    {
                        buffer[written + i] = (byte)('0' + (rest % 10));
                        rest /= 10;
                    }

                    written += NumberWidth;
                    break;
                default:
                    part.Bytes.CopyTo(buffer[written..]);
                    written += part.Bytes.Length;
                    break;
            }
        }

        return written;
    }

    private static Part[] Split(string text)
    {
        var parts = new List<Part>();
        while (text.Length > 0)
        {
            var id = text.IndexOf(IdHole, StringComparison.Ordinal);
            var number = text.IndexOf(NumberHole, StringComparison.Ordinal);
            var isId = id >= 0 && (number < 0 || id < number);
            var at = isId ? id : number;
            if (at < 0)
            {
                at = text.Length;
            }

            if (at > 0)
            {
                parts.Add(new Part(Hole.None, Encoding.UTF8.GetBytes(text[..at])));
            }

            if (at == text.Length)
            {
                break;
            }

            parts.Add(new Part(isId ? Hole.Id : Hole.Number, []));
            text = text[(at + (isId ? IdHole : NumberHole).Length)..];
        }

        return [.. parts];
    }

    private sealed record Part(Hole Hole, byte[] Bytes);
}
