using CsCheck;
using Stk.Rules.Causes;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;
using Stk.Rules.Quarters;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;

namespace Stk.Rules.Tests.Inactivity;

public class InactivityTests
{
    private static readonly QuarterId Winter = QuarterId.Of(Parsed.Day("2026-01-01"));
    private static readonly InactivityRules Rules = InactivityRules.Default;
    private static readonly Standing Active = new(
        IsExcluded: false, IsSuspended: false, IsOnLeave: false, IsWarned: true, HasAppealed: false);

    [Theory]
    [InlineData("2025-12-31", 1, 0)]
    [InlineData("2025-10-04", 89, 0)]
    [InlineData("2025-10-03", 90, 500)]
    [InlineData("2025-07-06", 179, 500)]
    [InlineData("2025-07-05", 180, 1_000)]
    [InlineData("2025-01-02", 364, 1_000)]
    [InlineData("2025-01-01", 365, 1_500)]
    [InlineData("2019-01-01", 2_557, 1_500)]
    [InlineData("2026-01-01", 0, 0)]
    [InlineData("2026-01-04", -3, 0)] // Between the quarter's first day and the run's Monday: spared.
    public void Days_and_rate_of_the_first_of_January(string lastActive, int days, int rateBp)
    {
        Assert.Equal(days, LastActivity.Days(Winter, Parsed.Day(lastActive)));
        Assert.Equal(rateBp, Rules.RateBpOf(days));
    }

    [Theory]
    [InlineData("2026-Q1", "2026-01-05", "2026-W01")] // The first is a Thursday.
    [InlineData("2024-Q2", "2024-04-01", "2024-W13")] // The first is a Monday itself.
    [InlineData("2023-Q4", "2023-10-02", "2023-W39")] // The first is a Sunday.
    [InlineData("2024-Q4", "2024-10-07", "2024-W40")] // The first is a Tuesday.
    public void The_run_is_on_the_first_Monday_once_the_week_before_is_settled(string text, string monday, string before)
    {
        Assert.True(QuarterId.TryParse(text, out var quarter));
        Assert.Equal(Parsed.Day(monday), InactivityTimetable.RunMonday(quarter));
        Assert.Equal(Parsed.Instant($"{monday}T07:00:00Z"), InactivityTimetable.RunsAt(quarter));
        var week = InactivityTimetable.WeekBefore(quarter);
        Assert.Equal(before, week.ToString());
        // Every day before the quarter's first day is sealed then.
        Assert.True(week.Sunday >= quarter.FirstDay.AddDays(-1));
    }

    [Fact]
    public void Warnings_are_thirty_and_three_days_before()
    {
        Assert.Equal<int>([30, 3], Rules.WarningDays);
        Assert.Equal(Parsed.Instant("2025-12-02T08:00:00Z"), InactivityTimetable.WarnsAt(Winter, 30));
        Assert.Equal(Parsed.Instant("2025-12-29T08:00:00Z"), InactivityTimetable.WarnsAt(Winter, 3));
    }

    [Theory]
    [InlineData("1234.567891", 90, "61.728394")]
    [InlineData("1234.567891", 180, "123.456789")]
    [InlineData("1234.567891", 365, "185.185183")]
    [InlineData("1234.567891", 89, "0")]
    [InlineData("0.000019", 90, "0")]
    [InlineData("0.00002", 90, "0.000001")]
    [InlineData("0", 365, "0")]
    [InlineData("9000000000", 365, "1350000000")]
    public void The_floor_of_what_is_available_times_the_rate_is_taken(string available, int days, string taken)
    {
        var assessment = Assessment.Of(days, Of(available), Rules);
        Assert.Equal(Of(taken), assessment.Amount);
        Assert.Equal((days, Of(available)), (assessment.Days, assessment.Base));
    }

    [Fact]
    public void Nobody_loses_more_than_the_rate_and_nobody_gets_anything() =>
        Gen.Select(Gen.Long[0, 9_000_000_000_000_000], Gen.Int[-10, 4_000]).Sample((micro, days) =>
        {
            var assessment = Assessment.Of(days, new(micro), Rules);
            Assert.True(assessment.Amount.Micro >= 0);
            Assert.True((Int128)assessment.Amount.Micro * 10_000 <= (Int128)micro * assessment.RateBp);
            Assert.True(((Int128)assessment.Amount.Micro + 1) * 10_000 > (Int128)micro * assessment.RateBp);
        });

    [Theory]
    [InlineData(null, "2025-01-01", null, "2025-01-01")]
    [InlineData("2025-03-01", "2025-01-01", null, "2025-03-01")]
    [InlineData("2025-03-01", "2025-01-01", "2025-02-01", "2025-03-01")]
    [InlineData("2025-03-01", "2025-01-01", "2025-06-30", "2025-06-30")]
    [InlineData(null, "2025-01-01", "2025-06-30", "2025-06-30")]
    public void Somebody_is_active_until_the_last_counted_day_or_the_end_of_a_pause(
        string? counted, string registered, string? ended, string last) => Assert.Equal(
            Parsed.Day(last),
            LastActivity.Of(
                counted is null ? null : Parsed.Day(counted), Parsed.Day(registered),
                ended is null ? [] : [Parsed.Day(ended)]));

    [Fact]
    public void Of_several_reasons_the_first_is_named()
    {
        var all = new Standing(IsExcluded: true, IsSuspended: true, IsOnLeave: true, IsWarned: false, HasAppealed: true);
        Standing[] fewer =
        [
            all, all with { IsExcluded = false }, all with { IsExcluded = false, IsSuspended = false },
            Active with { IsWarned = false, HasAppealed = true }, Active with { HasAppealed = true }, Active,
        ];
        Assert.Equal(
            ["excluded", "suspended", "on_leave", "not_warned", "appealed", "charged"],
            fewer.Select(standing => standing.Outcome.WireName()));
    }

    [Theory]
    [InlineData("2026-01-01", true)]
    [InlineData("2026-01-31", true)]
    [InlineData("2025-12-31", false)]
    [InlineData("2026-02-01", false)]
    public void A_leave_has_its_first_and_its_last_day(string day, bool isWithin)
    {
        Assert.Equal(isWithin, new Leave(Parsed.Day("2026-01-01"), Parsed.Day("2026-01-31")).Contains(Parsed.Day(day)));
        Assert.True(new Leave(Parsed.Day("2025-12-31"), null).Contains(Parsed.Day(day)));
    }

    [Fact]
    public void After_a_rejection_no_more_is_taken_than_was_assessed_and_than_is_there()
    {
        var assessment = Assessment.Of(90, Amount.OfStk(100), Rules);
        Assert.Equal(Amount.OfStk(5), assessment.AfterRejection(Amount.OfStk(100)));
        Assert.Equal(Amount.OfStk(5), assessment.AfterRejection(Amount.OfStk(500)));
        Assert.Equal(new Amount(500_000), assessment.AfterRejection(Amount.OfStk(10)));
        Assert.Equal(Amount.Zero, assessment.AfterRejection(Amount.Zero));
    }

    [Theory]
    [InlineData("2026-01-26", null, false)] // M + 3 without a statement.
    [InlineData("2026-01-19", 4, false)] // M + 2: a week of the streak was before the debit.
    [InlineData("2026-01-26", 3, false)]
    [InlineData("2026-01-26", 4, true)] // M + 3.
    [InlineData("2026-06-29", 5, true)] // M + 25.
    [InlineData("2026-07-06", 9, false)] // M + 26.
    public void Four_weeks_in_a_row_within_half_a_year_give_a_debit_back(string monday, int? streak, bool isEarned) =>
        Assert.Equal(
            isEarned,
            Restoration.Of(InactivityTimetable.RunMonday(Winter), Rules.Restoration)
                .IsEarned(WeekId.Of(Parsed.Day(monday)), streak));

    [Fact]
    public void It_is_given_back_whole_and_a_share_of_nothing_never()
    {
        var monday = InactivityTimetable.RunMonday(Winter);
        var whole = Restoration.Of(monday, Rules.Restoration);
        Assert.Equal(Of("61.728394"), whole.Sum(Of("61.728394")));
        Assert.Equal(Of("30.864197"), Restoration.Of(monday, Rules.Restoration with { ShareBp = 5_000 }).Sum(Of("61.728394")));
        Assert.False(Restoration.Of(monday, Rules.Restoration with { ShareBp = 0 }).IsEarned(whole.First, 4));
    }

    [Fact]
    public void If_the_fund_holds_less_than_all_that_is_due_all_wait()
    {
        Amount[] due = [Of("1"), Of("0.5")];
        Assert.True(Restoration.CanBePaid(Of("1.5"), due));
        Assert.False(Restoration.CanBePaid(Of("1.499999"), due));
    }

    [Fact]
    public void Each_debit_and_what_comes_of_it_has_an_id_of_its_own()
    {
        Guid[] ids =
        [
            InactivityIds.Debit(Winter, 7, 1), InactivityIds.Debit(Winter, 7, 2), InactivityIds.Debit(Winter, 8, 1),
            InactivityIds.Debit(Winter.Next, 7, 1), InactivityIds.AppealReturn(Winter, 7, Guid.Empty),
            InactivityIds.AppealReturn(Winter, 7, Guid.AllBitsSet),
            InactivityIds.Restoration(Winter, 7, WeekId.OfNumber(202605)),
            InactivityIds.Restoration(Winter, 7, WeekId.OfNumber(202606)),
        ];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Equal(CauseId.Of("inactivity", "2026-Q1", "7", "1"), ids[0]);
    }

    private static Amount Of(string text) =>
        Amount.TryParse(text, out var amount) ? amount : throw new FormatException(text);
}
