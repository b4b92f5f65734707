using System.Collections.Immutable;
using System.Globalization;
using Stk.Simulation.Books;
using Stk.Simulation.Intakes;
using Stk.Simulation.Mistakes;
using Stk.Simulation.Servers;
using Stk.Simulation.Steps;

namespace Stk.Simulation.Histories;

/// <summary>One history: a seed, and which of the steps and faults drawn from it are kept; null for all.</summary>
internal sealed record Case(
    Scenario Scenario, long Seed, ImmutableArray<int>? Steps = null, ImmutableArray<int>? Faults = null)
{
    private const int LedgerCalls = 120;
    private const int IntakeCalls = 70;

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
        if (Scenario == Scenario.Ledger)
        {
            using var ledger = new LedgerHistory(
                Pick(LedgerPlan.Steps(stepDice), Steps), Pick(FaultPlan.Drawn(faultDice, LedgerCalls), Faults), dice.Fork(),
                mistake, tally);
            return ledger.Run();
        }

        using var intake = new IntakeHistory(
            Pick(IntakePlan.Steps(stepDice), Steps), Pick(FaultPlan.Drawn(faultDice, IntakeCalls), Faults), dice.Fork(),
            mistake, tally);
        return intake.Run();
    }

    /// <summary>How many steps and faults it has.</summary>
    public (int Steps, int Faults) Size()
    {
        var dice = new Dice(Seed);
        var steps = Scenario == Scenario.Ledger ? LedgerPlan.Steps(dice.Fork()).Count : IntakePlan.Steps(dice.Fork()).Count;
        var faults = FaultPlan.Drawn(dice.Fork(), Scenario == Scenario.Ledger ? LedgerCalls : IntakeCalls).Count;
        return (Steps?.Length ?? steps, Faults?.Length ?? faults);
    }

    public override string ToString() =>
        $"{Scenario.ToString().ToLowerInvariant()} {Seed.ToString(CultureInfo.InvariantCulture)}"
        + (Steps is { } steps ? $" steps={string.Join(',', steps)}" : "")
        + (Faults is { } faults ? $" faults={string.Join(',', faults)}" : "");

    private static IReadOnlyList<T> Pick<T>(IReadOnlyList<T> all, ImmutableArray<int>? kept) =>
        kept is { } numbers ? [.. numbers.Where(number => number < all.Count).Select(number => all[number])] : all;
}

internal enum Scenario
{
    Ledger,
    Intake,
}
