using Stk.Rules.Quarters;

namespace Stk.Rules.Inactivity;

/// <summary>Since when somebody has not been active.</summary>
public static class LastActivity
{
    /// <param name="lastCounted">The last UTC day with a counted event in a sealed week; null where there is none.</param>
    /// <param name="registered">UTC day.</param>
    /// <param name="pauseEnds">Days on which an exclusion or a leave of theirs has ended.</param>
    public static DateOnly Of(DateOnly? lastCounted, DateOnly registered, IEnumerable<DateOnly> pauseEnds)
    {
        var last = lastCounted ?? registered;
        foreach (var end in pauseEnds)
        {
            last = end > last ? end : last;
        }

        return last;
    }

    /// <summary>Days from the last activity to the quarter's first day; below 0 where it was after it.</summary>
    public static int Days(QuarterId quarter, DateOnly lastActive) => quarter.FirstDay.DayNumber - lastActive.DayNumber;
}
