using Stk.Rules.Sources;
using Stk.Rules.Weeks;

namespace Stk.Rules.Pulls;

/// <summary>
/// What a pull asks for. First what is new, so that no back-fill stands in front of it; then the windows that move the
/// watermark, one after the other, each read twice.
/// </summary>
public static class PullPlan
{
    /// <summary>
    /// No window that moves the watermark is longer: it is read as a whole, and a silo that dies begins it again.
    /// </summary>
    public static readonly TimeSpan LongestWindow = TimeSpan.FromDays(7);

    /// <summary>What is older is for the windows that move the watermark.</summary>
    public static readonly TimeSpan NewIsWithin = TimeSpan.FromDays(1);

    /// <summary>How far the source is complete before anything is said of it: nothing before is ever asked for.</summary>
    /// <param name="stored">Null where nothing is known.</param>
    public static DateTimeOffset CompleteTo(PullSettings pull, DateTimeOffset? stored) =>
        stored is { } known && known > pull.From ? known : pull.From;

    /// <summary>
    /// What is new, and what lies behind the watermark by the overlap; null where nothing can be there yet.
    /// </summary>
    /// <param name="clock">The economy's time.</param>
    public static PullWindow? Live(PullSettings pull, DateTimeOffset completeTo, DateTimeOffset clock)
    {
        var from = Later(pull.From, Later(Earlier(completeTo, clock), clock - NewIsWithin) - pull.Overlap);
        return from < clock ? new(from, clock, Counts: false) : null;
    }

    /// <summary>
    /// The window that is to be read for the watermark now; null where there is none, or the next must wait.
    /// </summary>
    /// <param name="clock">The economy's time, by which a window's end is judged.</param>
    /// <param name="now">Real time, by which the pause between two reads is judged.</param>
    public static PullWindow? Counting(PullSettings pull, Watermark mark, DateTimeOffset clock, DateTimeOffset now)
    {
        if (mark.Waiting is { } first && first.From <= mark.CompleteTo && mark.CompleteTo < first.To)
        {
            var isSettled = now - first.Ended >= pull.Settle && clock - first.To >= pull.Settle;
            return isSettled ? new(first.From, first.To, Counts: true) : null;
        }

        var minute = clock.AddTicks(-(clock.Ticks % TimeSpan.TicksPerMinute));
        var to = Earlier(mark.CompleteTo + LongestWindow, minute);
        return to > mark.CompleteTo ? new(mark.CompleteTo, to, Counts: true) : null;
    }

    /// <summary>The week whose end the watermark passes with a window; null where it passes none.</summary>
    public static WeekId? EndsIn(PullWindow window)
    {
        var week = WeekId.Of(window.From);
        return week.End <= window.To ? week : null;
    }

    /// <summary>What of a week a source can be asked for; null where that is nothing.</summary>
    /// <param name="clock">The economy's time.</param>
    public static PullWindow? OfWeek(PullSettings pull, WeekId week, DateTimeOffset clock)
    {
        var (from, to) = (Later(pull.From, week.Start), Earlier(week.End, clock));
        return from < to ? new(from, to, Counts: true) : null;
    }

    /// <summary>The next part of a back-fill: a club, which lists from its newest, is asked for more at once.</summary>
    /// <param name="doneTo">Before <paramref name="to"/>.</param>
    public static PullWindow Back(SourceKind kind, DateTimeOffset doneTo, DateTimeOffset to) => new(
        doneTo, Earlier(doneTo + (kind == SourceKind.Discourse ? LongestWindow : TimeSpan.FromDays(1)), to),
        Counts: true, IsBack: true);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
