using System.ComponentModel.DataAnnotations;

namespace Stk.ApiHost.Streams;

/// <summary>Section <c>Stk:Streams</c>: streams of server-sent events.</summary>
internal sealed class StreamOptions
{
    public const string Section = "Stk:Streams";

    /// <summary>Most of a kind that one subject has open on this host. Unit: streams.</summary>
    [Range(1, 1_000)]
    public int PerSubject { get; set; } = 3;

    /// <summary>A stream that has been silent for so long says that it is alive.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:10:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A client that takes nothing for so long is cut off.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:10:00")]
    public TimeSpan WritePatience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>At least so long between two states: what changes in between is one.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Pause { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How often a stream looks for notices.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:10:00")]
    public TimeSpan Look { get; set; } = TimeSpan.FromSeconds(5);
}
