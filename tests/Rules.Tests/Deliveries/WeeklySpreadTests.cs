using Stk.Rules.Deliveries;
using Stk.Rules.Notices;

namespace Stk.Rules.Tests.Deliveries;

public sealed class WeeklySpreadTests
{
    private static readonly DateOnly Monday = new(2025, 12, 22);

    [Fact]
    public void The_order_changes_each_week_and_is_the_same_within_one()
    {
        var (first, again, next) = (Order(Monday), Order(Monday), Order(Monday.AddDays(7)));

        Assert.Equal(first, again);
        Assert.NotEqual(first, next);
        // Who was among the first tenth is there again by chance alone.
        Assert.InRange(first.Take(100).Intersect(next.Take(100)).Count(), 0, 30);
        Assert.Equal(1_000, first.Distinct().Count());
    }

    [Fact]
    public void Places_are_spread_evenly()
    {
        var counts = Enumerable.Range(1, 100_000)
            .GroupBy(participant => WeeklySpread.Place(Monday, participant) / (int.MaxValue / 10 + 1))
            .Select(tenth => tenth.Count()).ToArray();

        Assert.Equal(10, counts.Length);
        Assert.All(counts, count => Assert.InRange(count, 9_500, 10_500));
    }

    [Fact]
    public void Weekly_messages_to_the_forum_alone_are_of_use_for_a_day()
    {
        var now = new DateTimeOffset(2025, 12, 23, 8, 0, 0, TimeSpan.Zero);

        Assert.Equal(now.AddDays(-1), WeeklySpread.OldestOfUse(NoticeChannel.Discourse, now));
        Assert.Null(WeeklySpread.OldestOfUse(NoticeChannel.Email, now));
        Assert.Null(WeeklySpread.OldestOfUse(NoticeChannel.Webhook, now));
    }

    private static int[] Order(DateOnly week) =>
        [.. Enumerable.Range(1, 1_000).OrderBy(participant => WeeklySpread.Place(week, participant))];
}
