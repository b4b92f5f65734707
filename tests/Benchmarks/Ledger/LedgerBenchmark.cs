using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Stk.Benchmarks.Hosting;
using Stk.Benchmarks.Measuring;
using Stk.Ledger.Machine;
using Stk.Ledger.Signing;

namespace Stk.Benchmarks.Ledger;

/// <summary>
/// Transfers through grains, 100,000 accounts, beside the same transfer by Npgsql, by an SQL function, and pgbench: all on
/// one durable server, interleaved, the median of the rounds.
/// </summary>
internal static class LedgerBenchmark
{
    private const int Accounts = 100_000;

    public static Command Command()
    {
        var seconds = new Option<int>("--seconds") { DefaultValueFactory = _ => 5, Description = "Of one measurement." };
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 3 };
        var scale = new Option<int>("--pgbench-scale") { DefaultValueFactory = _ => 100, Description = "0 leaves pgbench out." };
        var callers = new Option<int[]>(
            "--callers")
        { DefaultValueFactory = _ => [1, 64, 512], AllowMultipleArgumentsPerToken = true };
        var alone = new Option<bool>("--alone") { Description = "Without the peers: to look into what bounds the grains." };
        var command = new Command("ledger", "Transfers through grains beside their peers.") { seconds, rounds, scale, callers, alone };
        command.SetAction((parsed, _) => Run(
            TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(rounds), parsed.GetValue(scale),
            parsed.GetValue(callers)!, parsed.GetValue(alone)));
        return command;
    }

    private static async Task Run(TimeSpan duration, int rounds, int pgbenchScale, int[] loads, bool isAlone)
    {
        await using var silo = await BenchSilo.Start();
        await Report.Machine(silo.Database);
        await Fund(silo, Accounts);
        await AddPeers(silo);
        await using var peerSource = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(silo.ConnectionString)
        {
            MaxAutoPrepare = 20,
            AutoPrepareMinUsages = 1,
            MaxPoolSize = 64,
        }.ConnectionString).Build();
        var peers = new PeerTransfers(peerSource);
        var pgbench = isAlone ? null : await Pgbench(silo, pgbenchScale);
        var figures = new Dictionary<(string System, int Callers), List<LoopResult>>();
        var pgbenchFigures = new Dictionary<int, List<double>>();
        var grainTransfers = 0L;
        for (var round = 0; round < rounds; round++)
        {
            foreach (var callers in loads)
            {
                var ours = await ClosedLoop.Run(callers, duration, (_, random) => ByGrain(silo, random));
                grainTransfers += ours.Operations - ours.Refused;
                Add("grains", callers, ours);
                if (isAlone)
                {
                    continue;
                }

                Add("Npgsql transaction", callers, await ClosedLoop.Run(
                    callers, duration, (_, random) => peers.ByTransaction(Guid.NewGuid(), Any(random), Any(random), 1)));
                Add("SQL function", callers, await ClosedLoop.Run(
                    callers, duration, (_, random) => peers.ByFunction(Guid.NewGuid(), Any(random), Any(random), 1)));
                if (pgbench is not null)
                {
                    // More clients than connections it is allowed: the server's limit is 100.
                    pgbenchFigures.TryAdd(callers, []);
                    pgbenchFigures[callers].Add(await pgbench.Measure(Math.Min(callers, 64), duration));
                }
            }
        }

        await Check(silo, grainTransfers);
        Print(figures, pgbenchFigures);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"a commit's signature takes {Signing():0} microseconds, the median of 2,001"));

        void Add(string system, int callers, LoopResult result)
        {
            figures.TryAdd((system, callers), []);
            figures[(system, callers)].Add(result);
            Console.Error.WriteLine($"{system}, {callers} callers: {Report.Number(result.PerSecond)}/s");
        }
    }

    // What each commit spends on it, in the machine's load of the moment.
    private static double Signing()
    {
        using var signer = ChainSigner.Create();
        var times = new double[2_001];
        for (var i = 0; i < times.Length; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            signer.Sign(SignedChain.Ledger, i, Digest.Zero);
            times[i] = Stopwatch.GetElapsedTime(begun).TotalMicroseconds;
        }

        return Report.Median(times);
    }

    private static Task<bool> ByGrain(BenchSilo silo, Random random)
    {
        var from = Any(random);
        var to = Any(random);
        return silo.Grains.GetGrain<IBenchTransferGrain>(from)
            .Transfer(Guid.NewGuid(), to == from ? (to % Accounts) + 1 : to, 1);
    }

    private static long Any(Random random) => random.NextInt64(1, Accounts + 1);

    // From issuance, as emission does, but straight into the accounts: the schedule is not what is measured.
    public static async Task Fund(BenchSilo silo, int accounts)
    {
        await silo.Execute("INSERT INTO economy.genesis (at) VALUES ('2000-01-03T00:00:00Z')");
        await silo.SetClock(new(2000, 1, 9, 0, 0, 0, TimeSpan.Zero));
        var funding = silo.Grains.GetGrain<IBenchFundingGrain>(0);
        await funding.Fund(accounts, 1_000_000);
    }

    private static async Task AddPeers(BenchSilo silo)
    {
        await silo.Execute(PeerTransfers.Schema);
        await silo.Execute($"INSERT INTO peer.accounts SELECT id, 1000000 FROM generate_series(1, {Accounts}) AS id");
        await silo.Execute("VACUUM ANALYZE");
    }

    private static async Task<Pgbench?> Pgbench(BenchSilo silo, int scale)
    {
        var program = Directory.GetDirectories("/usr/lib/postgresql").Select(directory => Path.Combine(directory, "bin", "pgbench"))
            .FirstOrDefault(File.Exists);
        if (scale == 0 || program is null)
        {
            Console.WriteLine("pgbench: left out");
            return null;
        }

        var pgbench = new Pgbench(program, new(silo.ConnectionString));
        await pgbench.Initialize(scale);
        return pgbench;
    }

    // A figure is one only where every answer is a row.
    private static async Task Check(BenchSilo silo, long transfers)
    {
        var rows = await silo.Ask<long>("SELECT count(*) FROM ledger.transactions WHERE kind = 5");
        var postings = await silo.Ask<long>("SELECT count(*) FROM ledger.postings");
        var sum = await silo.Ask<decimal>("SELECT sum(balance_micro) FROM ledger.accounts");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"rows: {rows:N0} transfers, {postings:N0} postings; all balances sum to {sum}"));
        if (rows != transfers || sum != 0)
        {
            throw new InvalidOperationException($"{transfers} transfers were answered and {rows} are there, sum {sum}");
        }
    }

    private static void Print(
        Dictionary<(string System, int Callers), List<LoopResult>> figures, Dictionary<int, List<double>> pgbench)
    {
        Report.Table(
            ["system", "callers", "transfers/s, median (min to max)", "p50 ms", "p99 ms"],
            figures.OrderBy(entry => entry.Key.Callers).Select(entry => new[]
            {
                entry.Key.System,
                entry.Key.Callers.ToString(CultureInfo.InvariantCulture),
                Report.Spread(entry.Value.Select(result => result.PerSecond)),
                Report.Number(Report.Median(entry.Value.Select(result => result.Percentile(0.5)))),
                Report.Number(Report.Median(entry.Value.Select(result => result.Percentile(0.99)))),
            }).Concat(pgbench.Select(entry => new[]
            {
                "pgbench tpcb-like", $"{Math.Min(entry.Key, 64)}", Report.Spread(entry.Value), "", "",
            })));
    }
}
