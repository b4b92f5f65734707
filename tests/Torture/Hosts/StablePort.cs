using System.Net;
using System.Net.Sockets;

namespace Stk.Torture.Hosts;

/// <summary>
/// A free port below those that the system gives to outgoing connections: a host that was killed comes back on its own,
/// and none of these must have taken it meanwhile.
/// </summary>
internal static class StablePort
{
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }
}
