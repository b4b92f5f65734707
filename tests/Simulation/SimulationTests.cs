using Stk.Settlement.Acts;
using Stk.Simulation.Histories;
using Stk.Simulation.Mistakes;
using Stk.Simulation.Servers;
using Stk.Simulation.Settling;
using Xunit;
using Xunit.Abstractions;

namespace Stk.Simulation;

/// <summary>The short run; the long one is this project's program.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int ShortRun = 1_200;
    private const int CaughtWithin = 1_000;

    public static TheoryData<string> Planted =>
        [.. Enum.GetNames<Mistake>().Where(name => name != nameof(Mistake.None))];

    [Fact]
    public void Every_history_of_the_short_run_keeps_every_invariant()
    {
        output.WriteLine($"seeds 0 to {ShortRun - 1}");
        for (var seed = 0; seed < ShortRun; seed++)
        {
            var history = LongRun.CaseOf(seed);
            if (history.Run(Mistake.None, new Tally()) is { } violation)
            {
                Assert.Fail($"{violation}. A line for seeds.txt: {Shrinking.Shrink(history, Mistake.None)}");
            }
        }

        output.WriteLine($"seeds 0 to {ShortRun - 1}");
    }

    [Theory]
    [MemberData(nameof(Planted))]
    public void A_planted_mistake_is_caught_within_a_thousand_seeds(string planted)
    {
        var mistake = Enum.Parse<Mistake>(planted);
        for (var seed = 0; seed < CaughtWithin; seed++)
        {
            var history = new Case(ScenarioOf(mistake), seed);
            if (history.Run(mistake, new Tally()) is { } violation)
            {
                output.WriteLine($"{planted}: caught by seed {seed}: {violation}");
                return;
            }
        }

        Assert.Fail($"{planted} broke nothing that was looked at in {CaughtWithin} histories");
    }

    [Fact]
    public void Each_seed_that_failed_once_passes()
    {
        foreach (var kept in KeptSeeds.Read())
        {
            Assert.True(kept.Run(Mistake.None, new Tally()) is null, $"{kept}: {kept.Run(Mistake.None, new Tally())}");
        }
    }

    [Fact]
    public void A_history_repeats_itself_by_its_seed()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var (first, second) = (new Tally(), new Tally());

            var violations = (LongRun.CaseOf(seed).Run(Mistake.None, first), LongRun.CaseOf(seed).Run(Mistake.None, second));

            Assert.Equal(violations.Item1, violations.Item2);
            // The number of steps among them: another order of events has another.
            Assert.Equal(first.Counts, second.Counts);
        }
    }

    [Fact]
    public void The_short_run_meets_every_fault_and_every_answer()
    {
        var tally = new Tally();
        for (var seed = 0; seed < 600; seed++)
        {
            LongRun.CaseOf(seed).Run(Mistake.None, tally);
        }

        string[] expected =
        [
            .. Enum.GetNames<FaultKind>(), "crashes", "busy", "canceled", "unavailable", "cut while idle in transaction",
            "answered Accepted", "answered Refused", "answered NothingDone", "answered Unknown", "answered None",
            "answered Conflict", "evidence Applied", "evidence Late", "evidence Duplicate", "grants decided Complete",
            "grants decided Deadline", "grants decided Operator", "quarter Charged", "quarter Charged again",
            "quarter Appealed", "quarter NotWarned", "quarter Excluded", "quarter given back", "quarter skipped", "outcome Counted",
            "outcome OverLimit", "outcome Duplicate", "outcome Late", "outcome Applied",
            .. Enum.GetNames<NodeTrouble>().Select(trouble => $"node {trouble}"),
            .. Enum.GetNames<ActState>().Where(state => state != nameof(ActState.Planned))
                .Select(state => $"settling: act {state}"),
            "settling: act Failed closed", "settling: act Finalized closed", "settling: payout Returned",
            "settling: payout Settled", "settling: strangers", "settling: writes refused",
            "settling: older epochs refused", "settling: word Contradicted", "settling: word Done",
            "settling: refused, GiveBack", "settling: refused, SetAside",
        ];
        Assert.Empty(expected.Except(tally.Counts.Where(count => count.Value >= 5).Select(count => count.Key)));
    }

    private static Scenario ScenarioOf(Mistake mistake) => mistake switch
    {
        >= Mistake.StatusesBeforeHeightAndOneLook => Scenario.Settling,
        >= Mistake.ChargedBesideAnAppeal => Scenario.Inactivity,
        >= Mistake.PaidFromFreshEvidence => Scenario.Vesting,
        >= Mistake.UuidKnownWithoutSource => Scenario.Intake,
        _ => Scenario.Ledger,
    };

    [Fact]
    public void A_failure_is_shrunk_to_what_it_takes_and_reads_back_the_same()
    {
        var failing = Enumerable.Range(0, CaughtWithin).Select(seed => new Case(Scenario.Ledger, seed))
            .First(history => history.Run(Mistake.RefusalsNotKept, new Tally()) is not null);

        var shrunk = Shrinking.Shrink(failing, Mistake.RefusalsNotKept);

        Assert.NotNull(shrunk.Run(Mistake.RefusalsNotKept, new Tally()));
        Assert.True(shrunk.Size().Steps < failing.Size().Steps, $"{failing} was shrunk to {shrunk}");
        // Each step that is left is needed.
        for (var i = 0; i < shrunk.Size().Steps; i++)
        {
            Assert.Null((shrunk with { Steps = shrunk.Steps?.RemoveAt(i) }).Run(Mistake.RefusalsNotKept, new Tally()));
        }

        Assert.Equal(shrunk.ToString(), Case.Parse(shrunk.ToString()).ToString());
        Assert.NotNull(Case.Parse(shrunk.ToString()).Run(Mistake.RefusalsNotKept, new Tally()));
    }
}
