using System.Net;
using System.Net.Sockets;

namespace Stk.Testing;

/// <summary>A TCP port of 127.0.0.1 that was free a moment ago: whoever binds it must be ready to ask for another.</summary>
public static class FreePort
{
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
