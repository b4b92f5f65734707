using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Stk.Testing;

/// <summary>A TCP port of 127.0.0.1 that was free a moment ago: whoever binds it must be ready to ask for another.</summary>
public static class FreePort
{
    // Below what systems give to outgoing connections (32768 on Linux): a host that is started again on its port must not
    // find somebody's connection there. And beside what ./stk takes for silos.
    private const int First = 10_000;
    private const int Past = 20_000;

    public static int Next()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(First, Past);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Somebody's: the next one.
            }
        }
    }
}
