using Stk.Rules.Weeks;

namespace Stk.Cli.Replay;

/// <summary>
/// Lines that follow one another and are sent in one week: its own events, and any that are older or have no time.
/// </summary>
internal readonly record struct WeekSlice(WeekId Week, long Lines)
{
    /// <summary>Where the clock stands while the lines are sent.</summary>
    public DateTimeOffset LastSecond => Week.End.AddSeconds(-1);

    /// <summary>Monday, when the weekly run has had all its stages.</summary>
    public DateTimeOffset Closed => Week.End.AddHours(8);
}
