using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Stk.Channels.Webhooks;

/// <summary>
/// Connects to what it has looked at: a name is asked for once, each of its addresses must be of the internet, and one of
/// those is connected to. What the name says a moment later makes no difference.
/// </summary>
/// <param name="allowed">Networks that are allowed beside the internet: in Development alone.</param>
/// <param name="resolve">The addresses of a name.</param>
internal sealed class CheckedConnections(
    ImmutableArray<IPNetwork> allowed, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    /// <exception cref="AddressNotAllowedException">The name leads elsewhere.</exception>
    public async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var addresses = await resolve(context.DnsEndPoint.Host, cancellation);
        foreach (var address in addresses)
        {
            if (!IsAllowed(address))
            {
                throw new AddressNotAllowedException(address);
            }
        }

        Exception? last = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception exception)
            {
                socket.Dispose();
                if (exception is not SocketException)
                {
                    throw;
                }

                last = exception;
            }
        }

        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }

    private bool IsAllowed(IPAddress address) =>
        PublicAddresses.IsPublic(address)
        || allowed.Any(network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));
}
