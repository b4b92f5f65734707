using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Stk.ApiHost.Limits;

/// <summary>What one request may cost the server before any of our code sees it.</summary>
internal static class ServerLimits
{
    /// <summary>Unit: bytes, as sent.</summary>
    public const int MaxBodyBytes = 32 * 1024 * 1024;

    /// <summary>
    /// Most of an answer that waits here for a client: of a stream that nobody reads all of it stays here. Unit: bytes.
    /// </summary>
    private const int ResponseBufferBytes = 16 * 1024;

    private const int SlowBytesPerSecond = 240;

    public static void Apply(SocketTransportOptions options) => options.MaxWriteBufferSize = ResponseBufferBytes;

    public static void Apply(KestrelServerOptions options, LimitOptions limits)
    {
        var grace = TimeSpan.FromSeconds(limits.SlowBodySeconds);
        options.AddServerHeader = false;
        options.Limits.MaxConcurrentConnections = limits.Connections;
        options.Limits.MaxConcurrentUpgradedConnections = limits.Connections;
        options.Limits.MaxRequestBodySize = MaxBodyBytes;
        options.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(limits.HeaderSeconds);
        // Slowloris: a body that trickles is cut.
        options.Limits.MinRequestBodyDataRate = new(SlowBytesPerSecond, grace);
        options.Limits.MinResponseDataRate = new(SlowBytesPerSecond, grace);
    }
}
