using CsCheck;
using Stk.Rules.Emission;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;

namespace Stk.Rules.Tests.Emission;

public class EmissionScheduleTests
{
    private static readonly Gen<DateOnly> Days =
        Gen.Int[new DateOnly(2000, 1, 1).DayNumber, new DateOnly(2200, 12, 31).DayNumber].Select(DateOnly.FromDayNumber);

    [Theory]
    [InlineData(0, 1_000_000_000)]
    [InlineData(3, 1_000_000_000)]
    [InlineData(4, 500_000_000)]
    [InlineData(7, 500_000_000)]
    [InlineData(8, 250_000_000)]
    [InlineData(11, 250_000_000)]
    [InlineData(12, 125_000_000)]
    [InlineData(15, 125_000_000)]
    public void The_sources_table_of_years_holds(int year, long stk) =>
        Assert.Equal(Amount.OfStk(stk), EmissionSchedule.OfYear(year));

    [Theory]
    [InlineData(0, 2_739_726)]
    [InlineData(4, 1_369_863)]
    [InlineData(8, 684_932)]
    [InlineData(12, 342_466)]
    public void The_sources_table_of_days_holds_rounded(int year, long stk)
    {
        var genesis = Parsed.Day("2025-01-06");
        var schedule = new EmissionSchedule(genesis);
        var micro = schedule.OfDay(genesis.AddYears(year)).Micro;
        Assert.Equal(stk, (micro + 500_000) / 1_000_000);
    }

    [Fact]
    public void A_days_emission_is_split_50_20_15_10_5()
    {
        var parts = EmissionSchedule.Split(Amount.OfStk(100), RuleBook.FromTheSource.EmissionSharesBp.AsSpan());
        Assert.Equal(
            [Amount.OfStk(50), Amount.OfStk(20), Amount.OfStk(15), Amount.OfStk(10), Amount.OfStk(5)], parts.ToArray());
        Assert.Equal(
            ["rewards", "treasury", "startup", "team", "liquidity"], Funds.All.Select(fund => fund.WireName()));
    }

    [Fact]
    public void Nothing_is_emitted_before_genesis()
    {
        var genesis = Parsed.Day("2025-01-06");
        var schedule = new EmissionSchedule(genesis);
        Assert.Equal(Amount.Zero, schedule.OfDay(genesis.AddDays(-1)));
        Assert.Equal(Amount.Zero, schedule.TotalToEndOf(DateOnly.MinValue));
        Assert.Equal(schedule.OfDay(genesis), schedule.TotalToEndOf(genesis));
    }

    [Fact]
    public void The_day_of_genesis_is_the_utc_day_of_its_instant() =>
        Assert.Equal(
            Parsed.Day("2025-01-05"),
            new EmissionSchedule(new DateTimeOffset(2025, 1, 6, 1, 0, 0, TimeSpan.FromHours(3))).Genesis);

    [Fact]
    public void The_days_of_any_token_year_sum_to_the_year() =>
        Gen.Select(Days, Gen.Int[0, 40]).Sample((genesis, year) =>
        {
            var schedule = new EmissionSchedule(genesis);
            var years = new TokenYears(genesis);
            var sum = Amount.Zero;
            for (var day = years.StartOf(year); day < years.StartOf(year + 1); day = day.AddDays(1))
            {
                sum += schedule.OfDay(day);
            }

            Assert.Equal(EmissionSchedule.OfYear(year), sum);
        }, iter: 40);

    [Fact]
    public void The_total_never_falls_and_stays_below_its_bound() =>
        Gen.Select(Days, Gen.Int[-1_000, 400_000]).Sample((genesis, days) =>
        {
            var schedule = new EmissionSchedule(genesis);
            var day = genesis.AddDays(days);
            var before = schedule.TotalToEndOf(day.AddDays(-1));
            var total = schedule.TotalToEndOf(day);
            Assert.InRange(total.Micro, before.Micro, EmissionSchedule.Bound.Micro);
            Assert.Equal(total - before, schedule.OfDay(day));
        });

    [Fact]
    public void A_year_starts_where_the_total_of_the_years_before_ends() =>
        Gen.Select(Days, Gen.Int[1, 100]).Sample((genesis, year) =>
        {
            var whole = Amount.Sum(Enumerable.Range(0, year).Select(EmissionSchedule.OfYear));
            return new EmissionSchedule(genesis).TotalToEndOf(new TokenYears(genesis).StartOf(year).AddDays(-1)) == whole;
        });

    [Fact]
    public void In_the_far_future_emission_has_ended_for_good()
    {
        var schedule = new EmissionSchedule(Parsed.Day("2000-02-29"));
        Assert.Equal(Amount.Zero, EmissionSchedule.OfYear(200));
        Assert.Equal(Amount.Zero, EmissionSchedule.OfYear(256));
        Assert.Equal(Amount.Zero, EmissionSchedule.OfYear(int.MaxValue));
        Assert.Equal(Amount.Zero, schedule.OfDay(DateOnly.MaxValue));
        Assert.InRange(
            schedule.TotalToEndOf(DateOnly.MaxValue).Micro, Amount.OfStk(7_999_999_999).Micro, EmissionSchedule.Bound.Micro);
    }

    [Fact]
    public void A_leap_day_genesis_has_its_anniversary_on_the_28th_and_again_on_the_29th()
    {
        var years = new TokenYears(Parsed.Day("2024-02-29"));
        Assert.Equal(Parsed.Day("2025-02-28"), years.StartOf(1));
        Assert.Equal(Parsed.Day("2028-02-29"), years.StartOf(4));
        Assert.Equal([365, 365, 365, 366], Enumerable.Range(0, 4).Select(years.DaysIn));
        Assert.Equal(0, years.YearOf(Parsed.Day("2025-02-27")));
        Assert.Equal(1, years.YearOf(Parsed.Day("2025-02-28")));
        Assert.Equal(3, years.YearOf(Parsed.Day("2028-02-28")));
        Assert.Equal(4, years.YearOf(Parsed.Day("2028-02-29")));
    }

    [Fact]
    public void A_day_is_in_the_token_year_that_has_begun_and_not_ended() =>
        Gen.Select(Days, Gen.Int[0, 40_000]).Sample((genesis, days) =>
        {
            var years = new TokenYears(genesis);
            var day = genesis.AddDays(days);
            var year = years.YearOf(day);
            return years.StartOf(year) <= day && day < years.StartOf(year + 1);
        });
}
