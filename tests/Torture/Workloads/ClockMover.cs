using System.Diagnostics;
using Stk.Testing;
using Stk.Torture.Hosts;

namespace Stk.Torture.Workloads;

/// <summary>Moves the manual clock, and waits until all that fell due is done, whatever dies meanwhile.</summary>
internal sealed class ClockMover(RestApi api, WeekCalendar calendar)
{
    public async Task Move(DateTimeOffset to)
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
