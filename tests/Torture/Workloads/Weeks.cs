using System.Diagnostics;
using Stk.Rules.Weeks;
using Stk.Testing;
using Stk.Torture.Hosts;

namespace Stk.Torture.Workloads;

/// <summary>Moves the manual clock week after week, and waits each time until all that fell due is done.</summary>
internal sealed class Weeks(RestApi api, WeekCalendar calendar, Crowd crowd, WeekCloser closer)
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
        await Move(week.End.AddSeconds(-1));
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
            await Move(week.End.AddHours(9));
            await closer.Close(week);
        }

        await Move(week.End.AddHours(9));
        calendar.End();
        Interlocked.Increment(ref _done);
    }

    private async Task Move(DateTimeOffset to)
    {
        var patience = Stopwatch.StartNew();
        var isSet = false;
        string? last = null;
        while (patience.Elapsed < HangLimit.Step)
        {
            if (!isSet)
            {
                isSet = await api.SetClock(to);
                if (isSet)
                {
                    // Only now may an event bear that time: before, a silo could find it in the future.
                    calendar.Set(to);
                }
            }
            else if (await api.Get("admin/clock") is { } clock)
            {
                last = clock.ToJsonString();
                if (clock["reached"]!.GetValue<DateTimeOffset>() >= to)
                {
                    return;
                }
            }

            await Task.Delay(25);
        }

        throw new TimeoutException(
            $"the clock did not come to {to:O} within {HangLimit.Step.TotalMinutes} min; the last answer: {last ?? "none"}");
    }
}
