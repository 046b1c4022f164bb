using System.Text;
using Bench.Client;
using System.Net.Sockets;
using Bench.Requests;

namespace Bench.Bare;

/// <summary>An answer of the measured server, for the bare one to give as it is.</summary>
internal sealed record CapturedAnswer
{
    private static readonly string[] OwnHeaders = ["Date", "Content-Length", "Transfer-Encoding", "Connection", "Server", "Keep-Alive"];

    /// <summary>The kind of request that it answers.</summary>
    public required string Kind { get; init; }

    /// <summary>What the bare endpoint does beside answering.</summary>
    public BareWork Work { get; init; }

    /// <summary>The HTTP status.</summary>
    public int Status { get; init; }

    /// <summary>The headers, but those that any server sets.</summary>
    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>The body.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>Sends one request of a kind and keeps its answer.</summary>
    /// <exception cref="BenchException">It is not answered as it should be.</exception>
    public static CapturedAnswer Of(RequestKind kind, ServerAddress address, RequestSource source)
    {
        var buffer = new byte[1 << 20];
        var scanner = new ResponseScanner { KeepsBody = true, KeepsHead = true };
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(address.Server.Host, address.Server.Port);
        socket.Send(buffer.AsSpan(0, source.Next(buffer)));
        int received;
        do
        {
            received = socket.Receive(buffer);
            if (received == 0)
            {
                throw new BenchException($"{kind.Name}: the server closed the connection.");
            }
        }
        while (!scanner.Take(buffer.AsSpan(0, received)));
        if (!source.Answered(scanner.Status, scanner.Body))
        {
            throw new BenchException($"{kind.Name}: {scanner.Status} {Encoding.UTF8.GetString(scanner.Body)}");
        }

        var headers = Encoding.ASCII.GetString(scanner.Head).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .Where(header => !OwnHeaders.Contains(header[0], StringComparer.OrdinalIgnoreCase))
            .ToDictionary(header => header[0], header => header[1], StringComparer.OrdinalIgnoreCase);
        return new CapturedAnswer { Kind = kind.Name, Work = kind.Work, Status = scanner.Status, Headers = headers, Body = scanner.Body.ToArray() };
    }
}
