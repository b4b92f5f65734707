using Stk.Rules.Renewals;

namespace Stk.Rules.Tests.Renewals;

public sealed class RenewalTimetableTests
{
    [Theory]
    [InlineData("2026-01-31T14:00:00Z", 1, 1, "2026-02-28T14:00:00Z", "2026-03-31T14:00:00Z")]
    [InlineData("2026-01-31T14:00:00Z", 1, 2, "2026-03-31T14:00:00Z", "2026-04-30T14:00:00Z")]
    [InlineData("2026-01-31T14:00:00Z", 1, 13, "2027-02-28T14:00:00Z", "2027-03-31T14:00:00Z")]
    [InlineData("2024-01-31T00:00:00Z", 1, 1, "2024-02-29T00:00:00Z", "2024-03-31T00:00:00Z")]
    [InlineData("2026-01-31T23:59:59.999999Z", 3, 1, "2026-04-30T23:59:59.999999Z", "2026-07-31T23:59:59.999999Z")]
    public void Months_are_told_from_the_first_begin_and_not_chained(
        string begin, int months, int number, string from, string until) =>
        Assert.Equal((Instant(from), Instant(until)), RenewalTimetable.Term(Instant(begin), months, number));

    [Theory]
    [InlineData("2026-02-24", null)]
    [InlineData("2026-02-25", 0)]
    [InlineData("2026-02-26", null)]
    [InlineData("2026-02-27", 1)]
    [InlineData("2026-02-28", 2)]
    [InlineData("2026-03-01", 3)]
    [InlineData("2026-03-02", null)]
    public void Three_days_before_it_is_told_and_from_the_day_before_there_are_three_attempts(string day, int? attempt)
    {
        foreach (var ends in new[] { "2026-02-28T00:00:00Z", "2026-02-28T14:00:00Z", "2026-02-28T23:59:59Z" })
        {
            Assert.Equal(attempt, RenewalTimetable.AttemptOn(DateOnly.Parse(day, Invariant), Instant(ends)));
        }
    }

    [Fact]
    public void A_days_run_reads_all_ends_about_which_it_does_something_and_runs_at_nine()
    {
        var day = new DateOnly(2026, 2, 27);
        var (from, below) = RenewalTimetable.EndsOf(day);
        for (var ends = Instant("2026-02-20T00:00:00Z"); ends < Instant("2026-03-08T00:00:00Z"); ends = ends.AddHours(1))
        {
            Assert.True(
                RenewalTimetable.AttemptOn(day, ends) is null || (ends >= from && ends < below), $"{ends:O}");
        }

        Assert.Equal(Instant("2026-02-27T09:00:00Z"), RenewalTimetable.RunsAt(day));
        Assert.Equal(Instant("2026-02-27T09:00:00Z"), RenewalTimetable.RenewsAt(Instant("2026-02-28T14:00:00Z")));
        Assert.Equal(Instant("2026-03-01T09:00:00Z"), RenewalTimetable.LastAttemptAt(Instant("2026-02-28T14:00:00Z")));
    }

    private static IFormatProvider Invariant => System.Globalization.CultureInfo.InvariantCulture;

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, Invariant);
}
