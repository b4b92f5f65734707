using System.ComponentModel.DataAnnotations;

namespace Stk.ApiHost.Limits;

/// <summary>Section <c>Stk:RateLimits</c>. Off until configured.</summary>
public sealed class RateLimitOptions
{
    public const string Section = "Stk:RateLimits";

    /// <summary>Lasting rate of one token. Unit: requests a second; 0 is no limit.</summary>
    [Range(0, 100_000)]
    public int RequestsPerSecond { get; set; }

    /// <summary>Most at once after a pause; at least the rate. Unit: requests.</summary>
    [Range(0, 1_000_000)]
    public int Burst { get; set; }
}
