using System.Collections.Immutable;
using System.Globalization;
using Stk.Simulation.Books;
using Stk.Simulation.Inactivity;
using Stk.Simulation.Intakes;
using Stk.Simulation.Mistakes;
using Stk.Simulation.Servers;
using Stk.Simulation.Settling;
using Stk.Simulation.Steps;
using Stk.Simulation.Vesting;

namespace Stk.Simulation.Histories;

/// <summary>One history: a seed, and which of the steps and faults drawn from it are kept; null for all.</summary>
internal sealed record Case(
    Scenario Scenario, long Seed, ImmutableArray<int>? Steps = null, ImmutableArray<int>? Faults = null)
{
    private const int LedgerCalls = 120;
    private const int IntakeCalls = 70;
    private const int VestingCalls = 110;
    private const int InactivityCalls = 180;

    private int Calls => Scenario switch
    {
        Scenario.Intake => IntakeCalls,
        Scenario.Vesting => VestingCalls,
        Scenario.Inactivity => InactivityCalls,
        _ => LedgerCalls,
    };

    /// <summary>Reads what <see cref="ToString"/> writes: <c>ledger 17</c>, <c>ledger 17 steps=0,3 faults=2</c>.</summary>
    public static Case Parse(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var scenario = Enum.Parse<Scenario>(words[0], ignoreCase: true);
        return new(
            scenario, long.Parse(words[1], CultureInfo.InvariantCulture), Kept("steps="), Kept("faults="));

        ImmutableArray<int>? Kept(string name) =>
            words.FirstOrDefault(word => word.StartsWith(name, StringComparison.Ordinal)) is { } word
                ? [.. word[name.Length..].Split(',', StringSplitOptions.RemoveEmptyEntries)
                    .Select(number => int.Parse(number, CultureInfo.InvariantCulture))]
                : null;
    }

    /// <summary>What was broken; null where nothing was.</summary>
    public string? Run(Mistake mistake, Tally tally)
    {
        // Steps and faults are drawn from dice of their own: what is left out does not move the others.
        var dice = new Dice(Seed);
        var (stepDice, faultDice) = (dice.Fork(), dice.Fork());
        var faults = Pick(FaultsOf(faultDice), Faults);
        switch (Scenario)
        {
            case Scenario.Intake:
                using (var intake = new IntakeHistory(
                    Pick(IntakePlan.Steps(stepDice), Steps), faults, dice.Fork(), mistake, tally))
                {
                    return intake.Run();
                }

            case Scenario.Vesting:
                using (var vesting = new VestingHistory(
                    Pick(VestingPlan.Steps(stepDice), Steps), faults, dice.Fork(), mistake, tally))
                {
                    return vesting.Run();
                }

            case Scenario.Inactivity:
                using (var inactivity = new InactivityHistory(
                    Pick(InactivityPlan.Steps(stepDice), Steps), faults, dice.Fork(), mistake, tally))
                {
                    return inactivity.Run();
                }

            case Scenario.Settling:
                return new SettlingHistory(Pick(SettlingPlan.Steps(stepDice), Steps), dice.Fork(), mistake, tally).Run();

            default:
                using (var ledger = new LedgerHistory(
                    Pick(LedgerPlan.Steps(stepDice), Steps), faults, dice.Fork(), mistake, tally))
                {
                    return ledger.Run();
                }
        }
    }

    /// <summary>How many steps and faults it has.</summary>
    public (int Steps, int Faults) Size()
    {
        var dice = new Dice(Seed);
        var stepDice = dice.Fork();
        var steps = Scenario switch
        {
            Scenario.Intake => IntakePlan.Steps(stepDice).Count,
            Scenario.Vesting => VestingPlan.Steps(stepDice).Count,
            Scenario.Inactivity => InactivityPlan.Steps(stepDice).Count,
            Scenario.Settling => SettlingPlan.Steps(stepDice).Count,
            _ => LedgerPlan.Steps(stepDice).Count,
        };
        return (Steps?.Length ?? steps, Faults?.Length ?? FaultsOf(dice.Fork()).Count);
    }

    public override string ToString() =>
        $"{Scenario.ToString().ToLowerInvariant()} {Seed.ToString(CultureInfo.InvariantCulture)}"
        + (Steps is { } steps ? $" steps={string.Join(',', steps)}" : "")
        + (Faults is { } faults ? $" faults={string.Join(',', faults)}" : "");

    // Of the database's connections. On the chain faults are steps: they are nodes' and the network's.
    private IReadOnlyList<Fault> FaultsOf(Dice dice) =>
        Scenario == Scenario.Settling ? [] : FaultPlan.Drawn(dice, Calls);

    private static IReadOnlyList<T> Pick<T>(IReadOnlyList<T> all, ImmutableArray<int>? kept) =>
        kept is { } numbers ? [.. numbers.Where(number => number < all.Count).Select(number => all[number])] : all;
}

internal enum Scenario
{
    Ledger,
    Intake,
    Vesting,
    Inactivity,
    Settling,
}
