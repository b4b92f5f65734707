namespace Stk.Client.Sources;

/// <summary>How a source is asked.</summary>
/// <param name="From">Nothing before it is asked for.</param>
public sealed record SourcePull(
    int EverySeconds, int OverlapHours, int SettleMinutes, DateTimeOffset From, int RequestsPerMinute);
