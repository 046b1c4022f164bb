using System.Net;
using System.Net.Sockets;

namespace Crash.Processes;

/// <summary>Finds a port of this machine that nobody listens on.</summary>
internal static class LoopbackPort
{
    // Below the ports that outgoing connections take: a client that asks for one of those while its server is away may reach itself.
    private const int First = 20_000;
    private const int Last = 30_000;

    public static int Find()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: try another.
            }
        }
    }
}
