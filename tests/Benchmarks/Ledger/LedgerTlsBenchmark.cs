using System.CommandLine;
using System.Globalization;
using Stk.Benchmarks.Hosting;
using Stk.Benchmarks.Measuring;
using Stk.Hosting.Certificates;

namespace Stk.Benchmarks.Ledger;

/// <summary>
/// What mutual TLS costs a transfer: the same calls through a gateway to two silos, one with certificates and one without,
/// each with a server of its own, interleaved.
/// </summary>
internal static class LedgerTlsBenchmark
{
    private const int Accounts = 10_000;

    public static Command Command()
    {
        var seconds = new Option<int>("--seconds") { DefaultValueFactory = _ => 5, Description = "Of one measurement." };
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 5 };
        var command = new Command("ledger-tls", "Transfers through a gateway, with certificates and without.") { seconds, rounds };
        command.SetAction((parsed, _) => Run(TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(rounds)));
        return command;
    }

    private static async Task Run(TimeSpan duration, int rounds)
    {
        var certificates = Directory.CreateTempSubdirectory("stk-bench-certificates-").FullName;
        try
        {
            CertificateDirectory.Complete(certificates, TimeSpan.FromDays(398), TimeProvider.System);
            await using var bare = await BenchSilo.Start();
            await using var secured = await BenchSilo.Start(certificates);
            await Report.Machine(bare.Database);
            await LedgerBenchmark.Fund(bare, Accounts);
            await LedgerBenchmark.Fund(secured, Accounts);
            await using var bareClient = await BenchClient.Connect(
                bare.ConnectionString, certificates: null, bare.Secrets);
            await using var securedClient = await BenchClient.Connect(
                secured.ConnectionString, certificates, secured.Secrets);
            await Compare(
                "ports", ("without", bareClient.Grains), ("mutual TLS", securedClient.Grains), duration, rounds);
        }
        finally
        {
            Directory.Delete(certificates, recursive: true);
        }
    }

    /// <summary>The same transfers two ways, interleaved, by one caller and by 64.</summary>
    /// <param name="what">What differs, as the table's heading.</param>
    public static async Task Compare(
        string what, (string Way, IGrainFactory Grains) first, (string Way, IGrainFactory Grains) second,
        TimeSpan duration, int rounds)
    {
        var figures = new Dictionary<(string Way, int Callers), List<LoopResult>>();
        (string Way, IGrainFactory Grains)[] both = [first, second];
        foreach (var (_, grains) in both)
        {
            await ClosedLoop.Run(8, TimeSpan.FromSeconds(3), (_, random) => Transfer(grains, random));
        }

        for (var round = 0; round < rounds; round++)
        {
            foreach (var callers in (int[])[1, 64])
            {
                // Whoever comes second finds another machine than the first: they take turns in it.
                foreach (var (way, grains) in round % 2 == 0 ? both : both.Reverse())
                {
                    figures.TryAdd((way, callers), []);
                    figures[(way, callers)].Add(
                        await ClosedLoop.Run(callers, duration, (_, random) => Transfer(grains, random)));
                }
            }
        }

        Report.Table(
            [what, "callers", "transfers/s, median (min to max)", "p50 ms", "p99 ms"],
            figures.OrderBy(entry => entry.Key.Callers).Select(entry => new[]
            {
                entry.Key.Way,
                entry.Key.Callers.ToString(CultureInfo.InvariantCulture),
                Report.Spread(entry.Value.Select(result => result.PerSecond)),
                Report.Number(Report.Median(entry.Value.Select(result => result.Percentile(0.5)))),
                Report.Number(Report.Median(entry.Value.Select(result => result.Percentile(0.99)))),
            }));
    }

    private static Task<bool> Transfer(IGrainFactory grains, Random random)
    {
        var from = random.NextInt64(1, Accounts + 1);
        return grains.GetGrain<IBenchTransferGrain>(from).Transfer(Guid.NewGuid(), (from % Accounts) + 1, 1);
    }
}
