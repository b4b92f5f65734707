using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Stk.ApiHost.Hosting;

/// <summary>What one request may cost the server before any of our code sees it.</summary>
internal static class ServerLimits
{
    /// <summary>Unit: bytes, as sent.</summary>
    public const int MaxBodyBytes = 32 * 1024 * 1024;

    private const int SlowBytesPerSecond = 240;

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
