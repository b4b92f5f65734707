using CsCheck;
using Stk.Rules.Participants;
using Stk.Rules.Weeks;

namespace Stk.Rules.Tests.Participants;

public class TimelineTests
{
    private static readonly WeekId Week = Parsed.Week("2025-W51");
    private static readonly Guid Low = Guid.Parse("00000000-0000-0000-0000-000000000001");
    private static readonly Guid High = Guid.Parse("ff000000-0000-0000-0000-000000000000");

    [Fact]
    public void Without_a_change_a_participant_is_as_at_registration() =>
        Assert.Equal(1, new Timeline<int>(1, []).InForce(Week));

    [Fact]
    public void A_week_uses_the_last_change_before_its_end()
    {
        var timeline = new Timeline<int>(1,
        [
            new(Week.End, "admin", Low, 5),
            new(Week.End.AddTicks(-10), "admin", Low, 4),
            new(Week.Start, "admin", Low, 3),
        ]);
        Assert.Equal(1, timeline.InForce(Week.Previous));
        Assert.Equal(4, timeline.InForce(Week));
        Assert.Equal(5, timeline.InForce(Week.Next));
    }

    [Fact]
    public void At_one_instant_the_higher_source_and_then_the_higher_uuid_is_last()
    {
        var at = Week.Start;
        Assert.Equal(2, new Timeline<int>(1, [new(at, "b", Low, 2), new(at, "a", High, 3)]).InForce(Week));
        Assert.Equal(3, new Timeline<int>(1, [new(at, "a", Low, 2), new(at, "a", High, 3)]).InForce(Week));
    }

    [Fact]
    public void An_operators_word_stands_whatever_time_a_source_writes_until_it_is_taken_back()
    {
        var spoken = new Timeline<int>(1,
        [
            new(Week.Start, "admin", Low, 3), new(Week.Start.AddHours(1), "school", Low, 8),
            new(Week.End.AddTicks(-10), "school", High, 7),
        ]);
        var taken = spoken.With(new(Week.End.AddTicks(-20), "admin", High, 0) { IsTakenBack = true });

        Assert.Equal(3, spoken.InForce(Week));
        Assert.Equal(7, taken.InForce(Week));
        Assert.Equal(3, taken.Before(Week.End.AddTicks(-20)));
        Assert.Equal(4, taken.With(new(Week.End, "admin", Low, 4)).InForce(Week.Next));
        Assert.Equal(1, new Timeline<int>(1, [new(Week.Start, "admin", Low, 0) { IsTakenBack = true }]).InForce(Week));
    }

    [Fact]
    public void Uuids_are_ordered_as_the_database_orders_them() =>
        Gen.Select(Gen.Guid, Gen.Guid).Sample((left, right) =>
        {
            var bytes = left.ToByteArray(bigEndian: true).AsSpan().SequenceCompareTo(right.ToByteArray(bigEndian: true));
            return Math.Sign(left.CompareTo(right)) == Math.Sign(bytes);
        });

    [Fact]
    public void The_order_in_which_changes_are_learned_does_not_matter() =>
        Gen.Select(Gen.Int[0, 20], Gen.Int[1, 8]).Array[0, 8].Sample(entries =>
        {
            var changes = entries.Select((entry, i) =>
                new Change<int>(
                    Week.Start.AddHours(entry.Item1 * 12), "s", new Guid(i, 0, 0, new byte[8]), entry.Item2)).ToList();
            return new Timeline<int>(1, changes).InForce(Week) == new Timeline<int>(1, Enumerable.Reverse(changes))
                .InForce(Week);
        });
}
