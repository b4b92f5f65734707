using System.Collections.Immutable;
using System.Diagnostics;

namespace Stk.Torture.Breaking;

/// <param name="IsInRun">To be done while a weekly run is under way.</param>
/// <param name="Fault">As in STK_FAULTS, where the act is a fault point; else empty.</param>
internal sealed record Step(Act Act, bool IsInRun, int Seed, string Fault = "")
{
    private const int WeeksOfAFault = 4;

    // And one more: warnings or the run come in each quarter.
    private const int WeeksOfAQuarter = 14;

    /// <summary>
    /// Actors that live on from week to week come to the armed silo only when the other one dies.
    /// </summary>
    public bool NeedsOtherDead =>
        Fault.StartsWith("intake.", StringComparison.Ordinal) || Fault.StartsWith("emission.", StringComparison.Ordinal);

    /// <summary>
    /// Weeks that are run while a silo with its fault lives: one that it has not passed by then it will not.
    /// </summary>
    public int Weeks => Fault.StartsWith("inactivity.", StringComparison.Ordinal) ? WeeksOfAQuarter : WeeksOfAFault;

    /// <summary>Processes that die by it.</summary>
    public int Kills => Act switch
    {
        Act.KillBothSilos => 2,
        // The silo that is started again with the fault armed, its death by it, and the other one where it must.
        Act.FaultPoint => NeedsOtherDead ? 3 : 2,
        < Act.PauseSilo => 1,
        _ => 0,
    };
}

/// <summary>The run, decided by its seed before it begins. Pure.</summary>
internal static class Plan
{
    /// <summary>Places where a silo can be made to die, in a weekly run or as it posts.</summary>
    public static readonly ImmutableArray<string> FaultPoints =
    [
        "week.after-seal:kill:1",
        "week.between-shards:kill:0.05",
        "week.after-reserve:kill:1",
        "week.after-stage:kill:0.5",
        "week.before-settled:kill:1",
        "emission.between-days:kill:0.3",
        "ledger.before-commit:kill:0.02",
        "ledger.after-commit:kill:0.02",
        "intake.before-commit:kill:0.05",
        "intake.after-commit:kill:0.05",
        "delivery.after-plan:kill:0.2",
        "delivery.after-claim:kill:0.1",
        "delivery.before-answer:kill:0.05",
        "delivery.after-answer:kill:0.05",
        "ledger.before-commit:stop:0.02",
        "intake.before-commit:stop:0.05",
        "vesting.before-decided:kill:0.2",
        "vesting.after-decided:kill:0.2",
        "vesting.between-posts:kill:0.05",
        "inactivity.between-parts:kill:0.3",
        "inactivity.after-assessment:kill:1",
        "inactivity.between-debits:kill:1",
    ];

    /// <summary>From this many kills on a run has time for a pause of a minute.</summary>
    private const int KillsOfALongRun = 20;

    private static readonly (Act Act, int Weight)[] Kills =
    [
        (Act.KillSilo, 30), (Act.FaultPoint, 25), (Act.KillApi, 10), (Act.StopPostgresAtOnce, 8),
        (Act.KillPostmaster, 5), (Act.KillBackend, 6), (Act.TerminateBackend, 10), (Act.KillBothSilos, 6),
        (Act.KillSigner, 8),
    ];

    private static readonly Act[] Disturbances =
    [
        Act.PauseSilo, Act.CutConnections, Act.CutAtCommit, Act.RemindersFromAllSides, Act.RefuseConnections, Act.Delay,
        Act.CutAtCommit, Act.PauseSilo, Act.PauseSigner, Act.ChainFault, Act.ChainFault, Act.ChainFork,
    ];

    /// <summary>
    /// As many kills as asked, each with up to two disturbances before it; the disk fills once in 25 kills.
    /// </summary>
    public static IReadOnlyList<Step> Of(int kills, int seed)
    {
        var random = new Random(seed);
        var steps = new List<Step>();
        var killed = 0;
        var bag = new Queue<Act>();
        var nextFill = random.Next(Math.Min(kills, 25));
        var minute = kills >= KillsOfALongRun ? random.Next(kills / 4, kills / 2) : int.MaxValue;
        while (killed < kills)
        {
            for (var count = random.Next(3); count > 0; count--)
            {
                Refill(bag, random);
                steps.Add(new(bag.Dequeue(), random.Next(2) == 0, random.Next()));
            }

            if (killed >= nextFill)
            {
                steps.Add(new(Act.FillDisk, random.Next(2) == 0, random.Next()));
                nextFill += 25;
            }

            if (killed >= minute)
            {
                steps.Add(new(Act.PauseSiloForAMinute, IsInRun: true, random.Next()));
                minute = int.MaxValue;
            }

            var step = Kill(random, kills - killed);
            steps.Add(step);
            killed += step.Kills;
        }

        return steps;
    }

    private static Step Kill(Random random, int left)
    {
        while (true)
        {
            var act = Weighted(random);
            var fault = act == Act.FaultPoint ? FaultPoints[random.Next(FaultPoints.Length)] : "";
            var step = new Step(act, random.Next(10) < 6, random.Next(), fault);
            if (step.Kills <= left)
            {
                return step;
            }
        }
    }

    private static Act Weighted(Random random)
    {
        var roll = random.Next(Kills.Sum(kill => kill.Weight));
        foreach (var (act, weight) in Kills)
        {
            if ((roll -= weight) < 0)
            {
                return act;
            }
        }

        throw new UnreachableException();
    }

    private static void Refill(Queue<Act> bag, Random random)
    {
        if (bag.Count == 0)
        {
            var acts = Disturbances.ToArray();
            random.Shuffle(acts);
            foreach (var act in acts)
            {
                bag.Enqueue(act);
            }
        }
    }
}
