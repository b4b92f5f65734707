namespace Stk.Rules.Sources;

/// <summary>How a source is to be asked, as an operator writes it.</summary>
/// <param name="EverySeconds">1 to 86,400.</param>
/// <param name="OverlapHours">0 to 720; 0 where it is not said.</param>
/// <param name="SettleMinutes">0 to 10,080.</param>
/// <param name="From">The first instant that is asked for; not before the year 2000.</param>
/// <param name="RequestsPerMinute">1 to 6,000; 60 where it is not said.</param>
public sealed record PullDraft(
    int? EverySeconds, int? OverlapHours, int? SettleMinutes, DateTimeOffset? From, int? RequestsPerMinute);
