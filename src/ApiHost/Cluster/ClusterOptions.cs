using System.ComponentModel.DataAnnotations;

namespace Stk.ApiHost.Cluster;

/// <summary>How the host finds the cluster and how long it waits for it.</summary>
internal sealed class ClusterOptions
{
    public const string Section = "Stk:Cluster";

    /// <summary>How often the list of gateways is read.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan GatewayRefresh { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a host that starts tries gateways of which none takes it. No gateway at all is waited for without end: it
    /// has yet to start.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RefusedDeadline { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>When a call without an answer fails.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one try of a call that may be repeated is waited for before the next.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:10:00")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a call that may be repeated is tried at all.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:10:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>Between two tries.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(250);
}
