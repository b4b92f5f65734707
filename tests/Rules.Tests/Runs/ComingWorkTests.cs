using Stk.Rules.Quarters;
using Stk.Rules.Runs;
using Stk.Rules.Weeks;

namespace Stk.Rules.Tests.Runs;

public class ComingWorkTests
{
    private static readonly WeekId Week = Parsed.Week("2025-W51");

    private static readonly DueState State = new(Week.Start, Week.Sunday, Week)
    {
        LastVestedDay = Week.Sunday,
        Inactivity = new(QuarterId.Of(Parsed.Day("2026-01-01")), [3]),
    };

    [Fact]
    public void What_is_due_comes_first_then_the_next_of_each_kind_in_order_of_time() => Assert.Equal(
        [
            "emission 2025-12-22 2025-12-22T00:00", "week.aggregate 2025-W51 2025-12-22T00:00",
            "vesting 2025-12-22 2025-12-22T00:00", "week.score 2025-W51 2025-12-22T02:00",
            "week.report 2025-W51 2025-12-22T04:00", "week.settle 2025-W51 2025-12-22T06:00",
            "emission 2025-12-23 2025-12-23T00:00", "vesting 2025-12-23 2025-12-23T00:00",
            "week.aggregate 2025-W52 2025-12-29T00:00", "week.score 2025-W52 2025-12-29T02:00",
            "inactivity.warn 2026-Q1/3 2025-12-29T08:00", "inactivity.run 2026-Q1 2026-01-05T07:00",
        ],
        ComingWork.Of(State, Parsed.Instant("2025-12-22T02:30:00Z")).Where(item => !IsLater(item.Kind))
            .Select(item => FormattableString.Invariant($"{item.Kind} {item.Subject} {item.At:yyyy-MM-ddTHH:mm}")));

    [Fact]
    public void Before_genesis_nothing_comes() =>
        Assert.Empty(ComingWork.Of(new(null, null, null), DateTimeOffset.UnixEpoch));

    [Fact]
    public void A_downtime_of_years_shows_what_is_done_first()
    {
        var due = ComingWork.Of(State, Week.Start.AddYears(3));
        Assert.Equal(ComingWork.DueMax, due.Length);
        Assert.Equal(due.OrderBy(item => item.At).Select(item => item.At), due.Select(item => item.At));
        Assert.Equal(due.Length, due.Select(item => (item.Kind, item.Subject)).Distinct().Count());
    }

    [Fact]
    public void Neither_emission_nor_weeks_nor_vesting_can_be_skipped() => Assert.Equal(
        ["inactivity.run", "inactivity.warn"],
        DueKinds.Skippable.Where(kind => !IsLater(kind)).Order(StringComparer.Ordinal));

    // What tells people, and renews, has tests of its own.
    private static bool IsLater(string kind) => kind is DueKinds.WeekNotify or DueKinds.Renewals;

    [Theory]
    [InlineData("2026-11-28T02:59:59Z", "2026-11-28T03:00:00Z")]
    [InlineData("2026-11-28T03:00:00Z", "2026-11-29T03:00:00Z")]
    public void The_ledger_is_audited_at_three_in_the_night(string now, string next) =>
        Assert.Equal(Parsed.Instant(next), AuditTimetable.After(Parsed.Instant(now)));

    // 29 November 2026 is a Sunday.
    [Theory]
    [InlineData(null, "2026-11-25", true)]
    [InlineData("2026-11-24", "2026-11-25", false)]
    [InlineData("2026-11-28", "2026-11-29", true)]
    [InlineData("2026-11-29", "2026-11-30", false)]
    [InlineData("2026-11-27", "2026-12-01", true)]
    [InlineData("2026-11-29", "2026-11-29", false)]
    public void On_sundays_and_where_one_was_missed_all_is_looked_at(string? last, string today, bool isWhole) =>
        Assert.Equal(isWhole, AuditTimetable.IsWhole(last is null ? null : Parsed.Day(last), Parsed.Day(today)));
}
