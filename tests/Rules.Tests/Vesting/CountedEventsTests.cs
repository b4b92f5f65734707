using CsCheck;
using Stk.Rules.Activity;
using Stk.Rules.RuleBooks;
using Stk.Rules.Vesting;

namespace Stk.Rules.Tests.Vesting;

public class CountedEventsTests
{
    private static readonly DateTimeOffset Midnight = Parsed.Instant("2025-12-18T00:00:00Z");
    private static readonly ActivityRule ThreeADay = new("PeerReviewCompleted", 100, 3, 30, 30, RuleOrigin.Ours);

    [Fact]
    public void Of_each_day_the_first_up_to_the_limit_count() => Assert.Equal(
        [0, 1, 2, 24],
        Hours(CountedEvents.Of([At(3), At(24), At(1), At(0), At(2)], ThreeADay, 30)));

    // A place under the limit is taken by the first, whatever it vests.
    [Fact]
    public void An_event_that_vests_otherwise_has_taken_a_place()
    {
        SealedEvent[] events = [At(0, 60), At(1), At(2), At(3), At(4, 60)];
        Assert.Equal([1, 2], Hours(CountedEvents.Of(events, ThreeADay, 30)));
        Assert.Equal([0], Hours(CountedEvents.Of(events, ThreeADay, 60)));
        Assert.Empty(CountedEvents.Of(events, ThreeADay, 90));
    }

    [Fact]
    public void The_last_instant_of_a_day_and_the_first_of_the_next_are_two_days()
    {
        var last = new SealedEvent(new(Midnight.AddDays(1).AddTicks(-10), "club", Id(1)), Day(0), 30);
        var first = new SealedEvent(new(Midnight.AddDays(1), "club", Id(2)), Day(1), 30);
        Assert.Equal<SealedEvent>([last, first], CountedEvents.Of([first, last], ThreeADay with { DayLimit = 1 }, 30));
    }

    [Fact]
    public void Any_order_of_arrival_counts_the_same() =>
        Gen.Select(Gen.Select(Gen.Int[0, 40], Gen.Int[0, 1]).Array[0, 20], Gen.Int[0, int.MaxValue])
            .Sample((entries, seed) =>
            {
                SealedEvent[] events =
                [
                    .. entries.Select((entry, i) => new SealedEvent(
                        Place(entry.Item1, i), Day(entry.Item1 / 24), entry.Item2 == 0 ? 30 : 60)),
                ];
                var counted = CountedEvents.Of(events, ThreeADay, 30);
                new Random(seed).Shuffle(events);
                Assert.Equal<SealedEvent>(counted, CountedEvents.Of(events, ThreeADay, 30));
            });

    private static IEnumerable<int> Hours(IEnumerable<SealedEvent> events) =>
        events.Select(one => (int)(one.Place.At - Midnight).TotalHours);

    private static SealedEvent At(int hour, int vestsDays = 30) => new(Place(hour, hour), Day(hour / 24), vestsDays);

    private static EventPlace Place(int hour, int id) => new(Midnight.AddHours(hour), "club", Id(id));

    private static DateOnly Day(int days) => Parsed.Day("2025-12-18").AddDays(days);

    private static Guid Id(int number) => new(number + 1, 0, 0, new byte[8]);
}
