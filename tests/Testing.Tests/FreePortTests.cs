using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Stk.Testing.Tests;

public sealed class FreePortTests
{
    [Fact]
    public void A_port_can_be_bound_and_is_none_that_an_outgoing_connection_is_given()
    {
        var port = FreePort.Next();

        Assert.InRange(port, 1_024, 32_767);
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
    }
}
