using CsCheck;
using Stk.Rules.Renewals;
using Stk.Rules.Services;

namespace Stk.Rules.Tests.Renewals;

/// <summary>
/// Years of days, by the rules alone: what was bought is told of, renewed or not, while prices, balances and wishes change.
/// What must be so of each such history is looked at from outside, and finds mistakes that are built in.
/// </summary>
public sealed class RenewalHistoryTests
{
    private const int Days = 800;

    // A begin (hours of a year), and by day: the price, what is there, what is agreed to; seldom changed.
    private static readonly Gen<(int Begin, int Months, int Seed)> Cases =
        Gen.Select(Gen.Int[0, 8_759], Gen.Int[1, 3], Gen.Int[0, int.MaxValue - 1]);

    public enum Mistake
    {
        None,
        RenewedTwice,
        ChainedMonths,
        AboveThePrice,
    }

    [Fact]
    public void No_month_is_lost_given_twice_or_paid_above_what_was_agreed_to() =>
        Cases.Sample(made => Assert.Null(Violation(Live(made, Mistake.None), made)), iter: 300);

    [Theory]
    [InlineData(Mistake.RenewedTwice, "once")]
    [InlineData(Mistake.ChainedMonths, "first begin")]
    [InlineData(Mistake.AboveThePrice, "agreed")]
    public void A_mistake_is_found(Mistake mistake, string words)
    {
        var found = Enumerable.Range(0, 300).Select(seed =>
        {
            var made = ((30 * 24) + (seed % 24), 1, seed);
            return Violation(Live(made, mistake), made);
        });

        Assert.Contains(found, one => one is not null && one.Contains(words, StringComparison.Ordinal));
    }

    private static DateTimeOffset Begin(int hours) => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(hours);

    private static List<Paid> Live((int Begin, int Months, int Seed) made, Mistake mistake)
    {
        var random = new Random(made.Seed);
        var begin = Begin(made.Begin);
        var paid = new List<Paid>();
        var (price, max, number) = (100L, 100L, 0);
        var until = begin.AddMonths(made.Months);
        var day = DateOnly.FromDateTime(begin.UtcDateTime);
        for (var i = 0; i < Days; i++, day = day.AddDays(1))
        {
            price = random.Next(40) == 0 ? random.Next(50, 200) : price;
            max = random.Next(60) == 0 ? random.Next(50, 250) : max;
            if (RenewalTimetable.AttemptOn(day, until) is not > 0)
            {
                continue;
            }

            var (outcome, _) = RenewalRules.Decide(new(
                ServiceState.Admitted, new(price), made.Months, made.Months,
                new(mistake == Mistake.AboveThePrice ? long.MaxValue : max), HasRecipients: true, IsSuspended: false,
                new(random.Next(0, 400))));
            if (outcome != RenewalOutcome.Paid)
            {
                continue;
            }

            number++;
            var term = mistake == Mistake.ChainedMonths
                ? (From: until, Until: until.AddMonths(made.Months))
                : RenewalTimetable.Term(begin, made.Months, number);
            paid.Add(new(number, term.From, term.Until, price, max));
            if (mistake == Mistake.RenewedTwice && random.Next(3) == 0)
            {
                paid.Add(paid[^1]);
            }

            until = term.Until;
        }

        return paid;
    }

    private static string? Violation(List<Paid> history, (int Begin, int Months, int Seed) made)
    {
        var begin = Begin(made.Begin);
        if (history.GroupBy(paid => paid.Number).Any(group => group.Count() > 1))
        {
            return "a month is paid more than once";
        }

        if (history.Any(paid => paid.Price > paid.Max))
        {
            return "more was paid than agreed to";
        }

        // Written without the rules: by the day of the month on which it began.
        return history.Any(paid => paid.From != At(begin, paid.Number * made.Months)
            || paid.Until != At(begin, (paid.Number + 1) * made.Months))
            ? "months are not told from the first begin"
            : null;
    }

    private static DateTimeOffset At(DateTimeOffset begin, int months)
    {
        var month = (begin.Year * 12) + begin.Month - 1 + months;
        var (year, of) = (month / 12, (month % 12) + 1);
        return new DateTimeOffset(
            year, of, Math.Min(begin.Day, DateTime.DaysInMonth(year, of)), 0, 0, 0, TimeSpan.Zero) + begin.TimeOfDay;
    }

    private sealed record Paid(int Number, DateTimeOffset From, DateTimeOffset Until, long Price, long Max);
}
