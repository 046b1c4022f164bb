using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bench.Client;

/// <summary>One connection on which one request after the other is sent, with as little as can be between the clock and the wire.</summary>
internal sealed class BlockingConnection : IDisposable
{
    private const int BufferBytes = 64 << 10;

    /// <summary>Stands for a length that is not known: there is an end that shows.</summary>
    private const int Chunked = int.MaxValue - 1;

    private static readonly byte[] LastChunk = "\r\n0\r\n\r\n"u8.ToArray();
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[BufferBytes];

    /// <summary>Connects to a server.</summary>
    public BlockingConnection(Uri server) => socket.Connect(IPAddress.Parse(server.Host), server.Port);

    /// <summary>Sends a request and reads its answer.</summary>
    /// <param name="request">The bytes of the request.</param>
    /// <returns>The time from the first byte out to the last byte in, in stopwatch ticks, and the status.</returns>
    public (long Ticks, int Status) Exchange(byte[] request)
    {
        var start = Stopwatch.GetTimestamp();
        socket.Send(request);
        var (filled, needed) = (0, int.MaxValue);
        while (filled < needed && !(needed == Chunked && buffer.AsSpan(0, filled).EndsWith(LastChunk)))
        {
            var read = socket.Receive(buffer.AsSpan(filled));
            if (read == 0)
            {
                throw new BenchException("The server closed the connection.");
            }

            filled += read;
            if (needed == int.MaxValue && buffer.AsSpan(0, filled).IndexOf(HeadEnd) is >= 0 and var head)
            {
                needed = ContentLength(head) is { } length ? head + HeadEnd.Length + length : Chunked;
            }
        }

        var ticks = Stopwatch.GetTimestamp() - start;
        return (ticks, int.Parse(buffer.AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture));
    }

    /// <inheritdoc />
    public void Dispose() => socket.Dispose();

    /// <summary>Null where the body comes in chunks.</summary>
    private int? ContentLength(int head)
    {
        const string Name = "\r\nContent-Length: ";
        var text = Encoding.ASCII.GetString(buffer, 0, head + 2);
        var at = text.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        at += Name.Length;
        return int.Parse(text.AsSpan(at, text.IndexOf('\r', at) - at), CultureInfo.InvariantCulture);
    }
}
