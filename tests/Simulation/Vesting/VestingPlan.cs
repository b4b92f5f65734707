using System.Collections.Immutable;
using System.Globalization;
using Stk.Rules.Activity;
using Stk.Rules.Causes;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;
using Stk.Simulation.Books;
using Stk.Simulation.Steps;

namespace Stk.Simulation.Vesting;

/// <summary>Few grants and few days, so that evidence meets the runs that decide, and these meet each other.</summary>
internal static class VestingPlan
{
    public const int Shards = 2;
    public const int Grants = 5;
    public const int LengthMs = 5_000;

    public static readonly WeekId Week = WeekId.OfNumber(202550);

    /// <summary>The first day on which anything unlocks.</summary>
    public static readonly DateOnly First = new(2026, 1, 5);

    /// <summary>By then nothing waits any more.</summary>
    public static readonly DateOnly Last = First.AddDays(31);

    // Of different evidence; the last third takes back the first.
    private const int Numbers = 30;
    private const int TakingBack = 20;

    private static readonly DateTimeOffset Earned = new(2025, 12, 9, 10, 0, 0, TimeSpan.Zero);

    private static readonly string[] Types =
        ["PeerReviewCompleted", "ProjectMilestoneCompleted", "MentoringSessionCompleted"];

    /// <summary>Of three participants: amounts are drawn, all else follows from the number.</summary>
    public static ImmutableArray<SimulatedGrant> GrantsOf(Dice dice) =>
    [
        .. Enumerable.Range(0, Grants).Select(number => new SimulatedGrant(
            number, 1 + (number % 3), Types[number % Types.Length], new Amount(dice.Between(2, 60)),
            First.AddDays(number % 2),
            [
                .. Enumerable.Range(0, 1 + (number % 3)).Select(place => new EventPlace(
                    Earned.AddMinutes(place), "club", Uuid($"{number}/{place}"))),
            ])),
    ];

    public static IReadOnlyList<VestingStep> Steps(Dice dice)
    {
        var steps = new List<VestingStep>();
        var length = dice.Between(400, LengthMs);
        // The third is of a clock that was set back.
        DateOnly[] days = [First, First.AddDays(1), First, Last];
        var runs = new List<int>();
        for (var i = 0; i < days.Length; i++)
        {
            var at = (length * (i + 1) / 5) + dice.Next(60);
            runs.Add(at);
            for (var copy = dice.Next(3); copy >= 0; copy--)
            {
                steps.Add(new VestingStep.Run(
                    at + dice.Next(dice.Chance(2) ? 20 : 800), dice.Next(LedgerPlan.Writers), days[i],
                    dice.Next(int.MaxValue)));
            }
        }

        for (var says = dice.Between(6, 24); says > 0; says--)
        {
            var at = dice.Chance(3) ? dice.Next(length) : Math.Max(0, dice.Of(runs) + dice.Between(-60, 60));
            var said = Word(dice.Next(Numbers));
            for (var copies = dice.Chance(4) ? dice.Between(1, 2) : 0; copies >= 0; copies--)
            {
                steps.Add(new VestingStep.Say(
                    at + dice.Next(dice.Chance(2) ? 20 : 1_500), dice.Next(LedgerPlan.Writers), said, dice.Next(4),
                    dice.Next(int.MaxValue)));
            }
        }

        for (var words = dice.Next(3); words > 0; words--)
        {
            steps.Add(new VestingStep.Decide(
                Math.Max(0, dice.Of(runs) + dice.Between(-40, 40)), dice.Next(LedgerPlan.Writers), dice.Next(Grants),
                dice.Chance(2) ? Verdict.Cancel : Verdict.Release, First.AddDays(dice.Between(-1, 2)),
                dice.Next(int.MaxValue)));
        }

        for (var crashes = dice.Next(3); crashes > 0; crashes--)
        {
            steps.Add(new VestingStep.Crash(
                dice.Chance(2) ? dice.Next(length) : dice.Of(runs) + dice.Between(0, 80), dice.Next(LedgerPlan.Writers)));
        }

        return steps;
    }

    // Its content follows from its number: sent again, by whomever, it is the same.
    private static Said Word(int number)
    {
        var of = number < TakingBack ? number : number - TakingBack;
        var grant = of % Grants;
        return new(
            Uuid($"said {number}"), grant, of / Grants % (1 + (grant % 3)), of % 2 == 0, number,
            number < TakingBack ? null : Uuid($"said {of}"));
    }

    private static Guid Uuid(FormattableString name) => CauseId.Of("event", name.ToString(CultureInfo.InvariantCulture));
}
