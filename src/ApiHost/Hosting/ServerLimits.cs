using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Stk.ApiHost.Hosting;

/// <summary>What one request may cost the server before any of our code sees it.</summary>
internal static class ServerLimits
{
    /// <summary>Unit: bytes, as sent.</summary>
    public const int MaxBodyBytes = 32 * 1024 * 1024;

    public static void Apply(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = MaxBodyBytes;
        options.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        // Slowloris: a body that trickles is cut.
        options.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        options.Limits.MinResponseDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    }
}
