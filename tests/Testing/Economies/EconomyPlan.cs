using System.Collections.Immutable;
using System.Globalization;

namespace Stk.Testing.Economies;

/// <summary>
/// What an economy is to have lived through, said once for actors and for the API. Each call adds a step and gives a new
/// plan; nothing happens until it is lived.
/// </summary>
public sealed class EconomyPlan
{
    private const int EventsMax = 500;

    private readonly ImmutableArray<Func<IEconomyEnd, Task>> _steps;
    private readonly DateOnly? _lastMonday;

    private EconomyPlan(ImmutableArray<Func<IEconomyEnd, Task>> steps, DateOnly? lastMonday) =>
        (_steps, _lastMonday) = (steps, lastMonday);

    public static EconomyPlan Empty { get; } = new([], null);

    /// <summary>One week's activity, sent in the week's last second.</summary>
    public EconomyPlan Week(params IEnumerable<PlannedEvent> events)
    {
        PlannedEvent[] sent = [.. events];
        var monday = sent.Select(one => Monday(one.At)).Distinct().Single();
        return new(
            _steps.Add(async end =>
            {
                await end.Reach(Start(monday.AddDays(7)).AddSeconds(-1));
                foreach (var part in sent.Chunk(EventsMax))
                {
                    await end.Send(part);
                }
            }),
            monday);
    }

    /// <summary>A week in which each earns 750 points a day on its first five days.</summary>
    /// <param name="monday">Its first day.</param>
    public EconomyPlan FullWeek(DateOnly monday, params IEnumerable<string> people) => Week(
        from person in people
        from day in Enumerable.Range(0, 5).Select(monday.AddDays)
        from type in new[] { "ExerciseSave", "SectionCompleted" }
        from number in Enumerable.Range(0, 5)
        select new PlannedEvent(
            string.Create(CultureInfo.InvariantCulture, $"{person} {day:O} {type} {number}"), type, person,
            Start(day).AddHours(10).AddMinutes(number)));

    /// <summary>Monday 08:00 after the last week: it is closed and paid.</summary>
    public EconomyPlan Paid()
    {
        var monday = _lastMonday ?? throw new InvalidOperationException("no week was lived yet");
        return new(_steps.Add(end => end.Reach(Start(monday.AddDays(7)).AddHours(8))), monday);
    }

    public EconomyPlan Level(string participant, int level) =>
        new(_steps.Add(end => end.Promote(participant, level)), _lastMonday);

    public EconomyPlan Service(PlannedService service) => new(_steps.Add(end => end.Offer(service)), _lastMonday);

    /// <summary>Does all of it, in order.</summary>
    public async Task Live(IEconomyEnd end)
    {
        foreach (var step in _steps)
        {
            await step(end);
        }
    }

    private static DateOnly Monday(DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        return day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
    }

    private static DateTimeOffset Start(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
