using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bench.Client;

/// <summary>
/// One keep-alive connection with one request in flight. Sends and receives on the thread that the socket's event came on, so that a
/// request costs little more than its system calls.
/// </summary>
internal sealed class LoadConnection : IDisposable
{
    private const int BufferSize = 512 * 1024;
    private const int MaxErrors = 100;

    private readonly EndPoint server;
    private readonly RequestSource source;
    private readonly LoadClock clock;
    private readonly ResponseScanner scanner;
    private readonly SocketAsyncEventArgs receiving = new();
    private readonly byte[] sending = new byte[BufferSize];
    private Socket socket;
    private int sendLength;
    private long started;
    private long due;
    private bool answeredBefore;
    private volatile bool idle;

    public LoadConnection(EndPoint server, RequestSource source, LoadClock clock, long firstDue)
    {
        this.server = server;
        this.source = source;
        this.clock = clock;
        due = firstDue;
        scanner = new ResponseScanner { KeepsBody = source.WantsBody };
        socket = Connect(server);
        receiving.SetBuffer(new byte[64 * 1024]);
        receiving.Completed += (_, _) =>
        {
            if (Received())
            {
                Receive();
            }
        };
    }

    /// <summary>Latencies of the answers that were right.</summary>
    public LatencyHistogram Latencies { get; } = new();

    /// <summary>Answers that were wrong, and requests without one.</summary>
    public long Errors { get; private set; }

    /// <summary>What the first error was.</summary>
    public string? FirstError { get; private set; }

    /// <summary>When its last answer came.</summary>
    public long LastAnswer { get; private set; }

    /// <summary>Sends the first request, or waits for its time.</summary>
    public void Start()
    {
        if (clock.IsPaced)
        {
            idle = true;
        }
        else if (Send(Stopwatch.GetTimestamp()))
        {
            Receive();
        }
    }

    /// <summary>Sends the next request where its time has come and none is in flight; ends where the load does.</summary>
    public void Tick(long now)
    {
        if (idle && (now >= due || !clock.MayGoOn(now)))
        {
            idle = false;
            if (Send(now))
            {
                Receive();
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        socket.Dispose();
        receiving.Dispose();
    }

    private static Socket Connect(EndPoint server)
    {
        var made = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        made.Connect(server);
        return made;
    }

    private void Receive()
    {
        try
        {
            while (!socket.ReceiveAsync(receiving))
            {
                if (!Received())
                {
                    return;
                }
            }
        }
        catch (ObjectDisposedException)
        {
            // The load was given up.
        }
    }

    /// <summary>Takes what came.</summary>
    /// <returns>Whether more is to be received.</returns>
    private bool Received()
    {
        try
        {
            if (receiving.SocketError != SocketError.Success)
            {
                return Failed(receiving.SocketError.ToString());
            }

            if (receiving.BytesTransferred == 0)
            {
                // A server may close a connection that it has answered on often enough: the request goes again on a new one.
                return answeredBefore && scanner.IsFresh ? Reopen(again: true) : Failed("The server closed the connection.");
            }

            if (!scanner.Take(receiving.MemoryBuffer.Span[..receiving.BytesTransferred]))
            {
                return true;
            }

            answeredBefore = true;
            return Answered();
        }
        catch (Exception exception) when (exception is InvalidDataException or SocketException or FormatException)
        {
            return Failed(exception.Message);
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    private bool Answered()
    {
        var now = LastAnswer = Stopwatch.GetTimestamp();
        if (source.Answered(scanner.Status, scanner.Body))
        {
            Latencies.Add((long)Stopwatch.GetElapsedTime(started, now).TotalMicroseconds);
        }
        else
        {
            Note($"status {scanner.Status} {Encoding.UTF8.GetString(scanner.Body)}");
        }

        return Go(now);
    }

    private bool Go(long now)
    {
        if (!clock.IsPaced)
        {
            return Send(now);
        }

        due += clock.IntervalTicks;
        if (now >= due)
        {
            // It was due while another was in flight: its latency counts from then.
            return Send(due);
        }

        idle = true;
        return false;
    }

    private bool Send(long from)
    {
        if (!clock.TakesOne(Stopwatch.GetTimestamp()) || Errors >= MaxErrors)
        {
            clock.ConnectionDone();
            return false;
        }

        sendLength = source.Next(sending);
        scanner.Reset();
        started = from;
        try
        {
            SendAll();
            return true;
        }
        catch (SocketException)
        {
            return Reopen(again: true);
        }
    }

    private void SendAll()
    {
        for (var sent = 0; sent < sendLength;)
        {
            sent += socket.Send(sending.AsSpan(sent, sendLength - sent));
        }
    }

    private bool Failed(string error)
    {
        Note(error);
        return Reopen(again: false);
    }

    /// <summary>Goes on by a new connection: with the same request again, or with the next.</summary>
    private bool Reopen(bool again)
    {
        try
        {
            socket.Dispose();
            socket = Connect(server);
            answeredBefore = false;
            if (again)
            {
                scanner.Reset();
                SendAll();
                return true;
            }
        }
        catch (SocketException exception)
        {
            Note(exception.Message);
            clock.ConnectionDone();
            return false;
        }

        return Go(Stopwatch.GetTimestamp());
    }

    private void Note(string error)
    {
        Errors++;
        FirstError ??= error;
    }
}
