using System.Diagnostics;
using System.Globalization;
using Stk.Simulation.Mistakes;
using Stk.Simulation.Servers;

namespace Stk.Simulation.Histories;

/// <summary>
/// <c>dotnet run -c Release --project tests/Simulation -- [--seeds N] [--from SEED] [--threads N] [--mistake NAME]
/// [--scenario NAME] [--case "ledger 17 steps=1,2"]</c>
/// </summary>
internal static class LongRun
{
    private const int FailuresMax = 5;

    public static int Start(string[] args)
    {
        var seeds = Number(args, "--seeds", 200_000);
        var from = Number(args, "--from", DateTime.UtcNow.Ticks / TimeSpan.TicksPerSecond * 1_000_000);
        var threads = (int)Number(args, "--threads", Environment.ProcessorCount);
        var mistake = Text(args, "--mistake") is { } name ? Enum.Parse<Mistake>(name, ignoreCase: true) : Mistake.None;
        var scenario = Text(args, "--scenario") is { } only ? Enum.Parse<Scenario>(only, ignoreCase: true) : (Scenario?)null;
        if (Text(args, "--case") is { } line)
        {
            var violation = Case.Parse(line).Run(mistake, new Tally());
            Console.WriteLine(violation ?? "holds");
            return violation is null ? 0 : 1;
        }

        return Run(
            seeds, from, threads, mistake, seed => scenario is { } one ? new Case(one, seed) : CaseOf(seed));
    }

    // Of twelve histories five are of the ledger, three of settlement, two of intake: a night has 50,000 of settlement.
    public static Case CaseOf(long seed) => new(
        (seed % 12) switch
        {
            8 or 9 or 10 => Scenario.Settling,
            2 => Scenario.Vesting,
            3 or 7 => Scenario.Intake,
            6 => Scenario.Inactivity,
            _ => Scenario.Ledger,
        },
        seed);

    private static int Run(long seeds, long from, int threads, Mistake mistake, Func<long, Case> caseOf)
    {
        var range = string.Create(CultureInfo.InvariantCulture, $"seeds {from} to {from + seeds - 1}");
        Console.WriteLine($"simulation: {range}");
        var watch = Stopwatch.StartNew();
        var gate = new Lock();
        var total = new Tally();
        var failures = new List<(Case Case, string Violation)>();
        var next = from - 1;
        var done = 0L;
        var workers = Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            var tally = new Tally();
            for (var seed = Interlocked.Increment(ref next); seed < from + seeds; seed = Interlocked.Increment(ref next))
            {
                var history = caseOf(seed);
                var violation = history.Run(mistake, tally);
                Interlocked.Increment(ref done);
                if (violation is not null)
                {
                    lock (gate)
                    {
                        failures.Add((history, violation));
                        if (failures.Count >= FailuresMax)
                        {
                            Interlocked.Exchange(ref next, from + seeds);
                        }
                    }
                }
            }

            lock (gate)
            {
                total.Add(tally);
            }
        })).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        foreach (var (name, count) in total.Counts)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name}: {count}"));
        }

        foreach (var (history, violation) in failures)
        {
            Console.WriteLine($"FAILED {history}: {violation}");
            var shrunk = Shrinking.Shrink(history, mistake);
            Console.WriteLine($"  shrunk: {shrunk}: {shrunk.Run(mistake, new Tally())}");
            if (mistake == Mistake.None)
            {
                File.AppendAllText(KeptSeeds.File, $"{shrunk}\n");
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"simulation: {range}: {done} histories in {watch.Elapsed.TotalSeconds:F1} s ({done / watch.Elapsed.TotalSeconds:F0} a second), {failures.Count} failed"));
        return failures.Count == 0 ? 0 : 1;
    }

    private static long Number(string[] args, string name, long otherwise) =>
        Text(args, name) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static string? Text(string[] args, string name) =>
        Array.IndexOf(args, name) is var place and >= 0 && place + 1 < args.Length ? args[place + 1] : null;
}
