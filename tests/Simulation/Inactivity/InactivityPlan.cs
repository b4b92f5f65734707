using System.Collections.Immutable;
using System.Globalization;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Causes;
using Stk.Rules.Money;
using Stk.Rules.Quarters;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;
using Stk.Simulation.Books;
using Stk.Simulation.Steps;

namespace Stk.Simulation.Inactivity;

/// <summary>A quarter of five people, who spend, appeal and come back in the moment of its run.</summary>
internal static class InactivityPlan
{
    public const int People = 5;
    public const int Parts = 2;
    public const int LengthMs = 6_000;

    public static readonly QuarterId Quarter = QuarterId.Of(new(2026, 1, 1));
    public static readonly InactivityRules Rules = InactivityRules.Default;

    /// <summary>The first that can earn a restoration.</summary>
    public static readonly WeekId FirstWeek = WeekId.OfNumber(202605);

    /// <summary>The settlement after which nothing is due any more.</summary>
    public static readonly WeekId LastWeek = WeekId.OfNumber(202610);

    // Of each rate, and one too few.
    private static readonly int[] Days = [90, 200, 400, 365, 89];

    public static ImmutableArray<SimulatedPerson> PeopleOf(Dice dice) =>
    [
        .. Days.Select((days, place) => new SimulatedPerson(
            place + 1, Quarter.FirstDay.AddDays(-days), dice.Chance(8),
            new(dice.Chance(4) ? dice.Between(1, 6) : dice.Between(10, 120)))),
    ];

    public static IReadOnlyList<InactivityStep> Steps(Dice dice)
    {
        var steps = new List<InactivityStep>();
        var length = dice.Between(600, LengthMs);
        foreach (var days in Rules.WarningDays)
        {
            for (var copies = dice.Next(3); copies > 0; copies--)
            {
                steps.Add(new InactivityStep.Warn(Around(length / 5), Writer(), days, Draw()));
            }
        }

        var run = length / 2;
        for (var copies = dice.Next(3); copies >= 0; copies--)
        {
            steps.Add(new InactivityStep.Run(Around(run), Writer(), Draw()));
        }

        for (var spends = dice.Between(6, 24); spends > 0; spends--)
        {
            steps.Add(new InactivityStep.Spend(Near(), Writer(), Spend(dice, spends), Draw()));
        }

        for (var appeals = dice.Next(7); appeals > 0; appeals--)
        {
            steps.Add(new InactivityStep.Appeal(Near(), Writer(), dice.Between(1, People), Draw()));
        }

        for (var words = dice.Next(9); words > 0; words--)
        {
            steps.Add(new InactivityStep.Decide(
                dice.Chance(2) ? Near() : run + dice.Next(length / 2), Writer(), dice.Between(1, People), !dice.Chance(3),
                words, Draw()));
        }

        Settle(dice, steps, run, length);
        for (var crashes = dice.Next(3); crashes > 0; crashes--)
        {
            steps.Add(new InactivityStep.Crash(dice.Chance(2) ? dice.Next(length) : Around(run), Writer()));
        }

        if (dice.Chance(6))
        {
            steps.Add(new InactivityStep.Skip(Math.Max(0, run + dice.Between(-60, 60)), Writer(), Draw()));
        }

        return steps;

        int Writer() => dice.Next(LedgerPlan.Writers);
        int Draw() => dice.Next(int.MaxValue);
        int Around(int at) => at + dice.Next(dice.Chance(2) ? 40 : 900);
        int Near() => dice.Chance(3) ? dice.Next(length) : Math.Max(0, run + dice.Between(-100, 400));
    }

    // Of a week everybody says the same: its statements are sealed.
    private static void Settle(Dice dice, List<InactivityStep> steps, int run, int length)
    {
        var week = FirstWeek;
        for (var i = 1; i <= 2; i++, week = week.Next)
        {
            ImmutableArray<long> returned =
                [.. Enumerable.Range(1, People).Where(_ => dice.Chance(2)).Select(number => (long)number)];
            var at = run + (length * i / 5);
            for (var copies = dice.Next(3); copies > 0; copies--)
            {
                steps.Add(new InactivityStep.Settle(
                    at + dice.Next(dice.Chance(2) ? 30 : 600), dice.Next(LedgerPlan.Writers), week, returned,
                    dice.Next(int.MaxValue)));
            }

        }

        for (var drains = dice.Next(6); drains > 0; drains--)
        {
            steps.Add(new InactivityStep.Spend(
                run + dice.Next(length / 2), dice.Next(LedgerPlan.Writers), Drain(dice, drains), dice.Next(int.MaxValue)));
        }
    }

    private static Transaction Spend(Dice dice, int number)
    {
        var from = AccountId.Available(dice.Between(1, People));
        var to = dice.Chance(3) ? AccountId.Burned : AccountId.Available(dice.Between(1, People));
        return Moved("transfer", number, from, to, dice.Chance(3) ? dice.Between(60, 120) : dice.Between(1, 30));
    }

    // The fund pays for something else.
    private static Transaction Drain(Dice dice, int number) =>
        Moved("drain", number, LedgerPlan.Rewards, AccountId.Burned, dice.Between(1, 25));

    private static Transaction Moved(string cause, int number, AccountId from, AccountId to, long micro)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{cause}/{number}");
        return new(CauseId.Of(cause, text), TransactionKind.Transfer, text, [new(from, new(-micro)), new(to, new(micro))]);
    }
}
