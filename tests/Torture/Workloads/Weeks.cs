using System.Diagnostics;
using Stk.Rules.Weeks;

namespace Stk.Torture.Workloads;

/// <summary>Moves the manual clock week after week, and waits each time until all that fell due is done.</summary>
internal sealed class Weeks(ClockMover clock, WeekCalendar calendar, Crowd crowd, WeekCloser closer)
{
    private const int RequestsPerWeek = 30;

    private int _done;
    private int _toClose;

    /// <summary>Weeks that were run to their end.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>The next week waits for a source that never comes, until an operator closes it with a reason.</summary>
    public void CloseNextByHand() => Volatile.Write(ref _toClose, 1);

    public async Task Run(CancellationToken stop)
    {
        for (var week = WeekId.Of(calendar.Now); !stop.IsCancellationRequested; week = week.Next)
        {
            await RunOne(week, stop);
        }
    }

    /// <summary>A whole week: its days, what people do in it, its run on the Monday after.</summary>
    public async Task RunOne(WeekId week, CancellationToken stop)
    {
        await clock.Move(week.End.AddSeconds(-1));
        var before = crowd.Answered;
        var waited = Stopwatch.StartNew();
        while (crowd.Answered < before + RequestsPerWeek && waited.Elapsed < TimeSpan.FromSeconds(4)
            && !stop.IsCancellationRequested)
        {
            await Task.Delay(20, CancellationToken.None);
        }

        calendar.Begin(week);
        if (Interlocked.Exchange(ref _toClose, 0) == 1)
        {
            await closer.Withhold(week);
            await clock.Move(week.End.AddHours(9));
            await closer.Close(week);
        }

        await clock.Move(week.End.AddHours(9));
        calendar.End();
        Interlocked.Increment(ref _done);
    }
}
