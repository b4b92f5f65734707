namespace Stk.Rules.Sources;

/// <summary>How a source is asked.</summary>
/// <param name="Every">Between two pulls, by real time.</param>
/// <param name="Overlap">How far behind the watermark each pull begins again.</param>
/// <param name="Settle">
/// How long after a window's end it is still written to, and how far apart its two reads are. May be zero.
/// </param>
/// <param name="From">Nothing before it is asked for.</param>
/// <param name="RequestsPerMinute">At most.</param>
public sealed record PullSettings(
    TimeSpan Every, TimeSpan Overlap, TimeSpan Settle, DateTimeOffset From, int RequestsPerMinute);
