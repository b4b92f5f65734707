using System.CommandLine;
using System.Globalization;
using Stk.Benchmarks.Hosting;
using Stk.Benchmarks.Measuring;

namespace Stk.Benchmarks.Spending;

/// <summary>
/// Transfers over HTTP beside what they are made of, the same actor call without HTTP and the ledger's transaction alone; a
/// purchase with a split of three beside a transfer; an entitlement check beside a balance and the host's hello. Against
/// hosts that <c>up</c> started, interleaved, the medians of the rounds count.
/// </summary>
internal static class SpendingBenchmark
{
    private static readonly int[] Many = [64, 256];
    private static readonly int[] Few = [64];

    public static Command Command()
    {
        var hosts = new SpendingHosts.Options();
        var seconds = new Option<double>("--seconds") { DefaultValueFactory = _ => 2.5, Description = "Of one measurement." };
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 3 };
        var only = new Option<string[]>("--only") { DefaultValueFactory = _ => [], Description = "Names of rows; all without." };
        var command = new Command("spending", "Transfers, purchases and entitlement checks over HTTP.") { seconds, rounds, only };
        hosts.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            await using var under = await SpendingHosts.Connect(hosts, parsed, Many.Max());
            await Report.Machine(under.Database);
            await new Run(under, TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(only)!)
                .Measure(parsed.GetValue(rounds));
        });
        return command;
    }

    private sealed class Run(SpendingHosts hosts, TimeSpan duration, string[] only)
    {
        private readonly Dictionary<(string What, int Callers), List<Figures>> _figures = [];
        private readonly Dictionary<string, long> _done = [];

        public async Task Measure(int rounds)
        {
            var calls = hosts.Calls;
            Subject[] subjects =
            [
                new("ledger transaction, by grain call", Many, calls.Ledger, HasHalf: false),
                new("transfer, by grain call", Many, calls.GrainTransfer, HasHalf: false),
                new("transfer, HTTP", Many, calls.Transfer, HasHalf: true),
                new("purchase with a split of three, HTTP", Many, calls.Purchase, HasHalf: true),
                new("entitlement check, HTTP", Few, calls.Entitlement, HasHalf: true),
                new("balance, HTTP", Few, calls.Balance, HasHalf: true),
                new("hello, HTTP", Few, calls.Hello, HasHalf: true),
            ];
            subjects = [.. subjects.Where(subject => only.Length == 0 || only.Any(subject.What.StartsWith))];
            foreach (var subject in subjects)
            {
                Count(subject, await ClosedLoop.Run(Few[0], TimeSpan.FromSeconds(2), (_, _) => subject.Act()));
            }

            for (var round = 1; round <= rounds; round++)
            {
                foreach (var subject in subjects)
                {
                    foreach (var callers in subject.Callers)
                    {
                        await Measure(subject, callers);
                    }
                }

                Console.Error.WriteLine($"round {round} of {rounds}");
            }

            Print(subjects);
            await Check();
        }

        private async Task Measure(Subject subject, int callers)
        {
            var before = hosts.Times.Now();
            var best = await ClosedLoop.Run(callers, duration, (_, _) => subject.Act());
            var spent = hosts.Times.Now().Zip(before, (now, then) => (now - then) * 1_000 / best.Operations).ToArray();
            Count(subject, best);
            LoopResult? half = null;
            if (subject.HasHalf)
            {
                half = await OpenLoop.Run(best.PerSecond / 2, callers, duration, _ => subject.Act());
                Count(subject, half);
            }

            if (!_figures.TryGetValue((subject.What, callers), out var rounds))
            {
                _figures.Add((subject.What, callers), rounds = []);
            }

            rounds.Add(new(best, half, spent));
        }

        private void Count(Subject subject, LoopResult result)
        {
            if (result.Refused > 0)
            {
                throw new InvalidOperationException($"{subject.What}: {result.Refused} were not done, such as {hosts.Calls.Fault}");
            }

            _done[subject.What] = _done.GetValueOrDefault(subject.What) + result.Operations;
        }

        private void Print(Subject[] subjects)
        {
            var ordered = _figures.OrderBy(entry => Array.FindIndex(subjects, subject => subject.What == entry.Key.What))
                .ThenBy(entry => entry.Key.Callers).ToList();
            Report.Table(
                ["what", "callers", "per second", "p50 ms", "p99 ms", "at half of it: p50 ms", "p99 ms"],
                ordered.Select(entry => new[]
                {
                    entry.Key.What, $"{entry.Key.Callers}", Report.Spread(entry.Value.Select(figures => figures.Best.PerSecond)),
                    Median(entry.Value, figures => figures.Best.Percentile(0.5)),
                    Median(entry.Value, figures => figures.Best.Percentile(0.99)),
                    Median(entry.Value, figures => figures.Half?.Percentile(0.5)),
                    Median(entry.Value, figures => figures.Half?.Percentile(0.99)),
                }));
            Console.WriteLine();
            Console.WriteLine("Processor time of one, in µs, closed loop:");
            Report.Table(
                ["what", "callers", .. ProcessorTimes.Parts, "all"],
                ordered.Select(entry => (string[])
                [
                    entry.Key.What, $"{entry.Key.Callers}",
                    .. ProcessorTimes.Parts.Select((_, part) => Median(entry.Value, figures => figures.Spent[part])),
                    Median(entry.Value, figures => figures.Spent.Sum()),
                ]));
        }

        private static string Median(List<Figures> rounds, Func<Figures, double?> figure)
        {
            var known = rounds.Select(figure).OfType<double>().ToArray();
            return known.Length == 0 ? "" : Report.Number(Report.Median(known));
        }

        // A figure is one only where every answer is a row, and nothing has come from nowhere.
        private async Task Check()
        {
            var ledger = _done.Where(done => done.Key.StartsWith("ledger", StringComparison.Ordinal)).Sum(done => done.Value);
            var transfers = _done.Where(done => done.Key.StartsWith("transfer", StringComparison.Ordinal)).Sum(done => done.Value);
            var purchases = _done.Where(done => done.Key.StartsWith("purchase", StringComparison.Ordinal)).Sum(done => done.Value);
            Console.WriteLine();
            await Equal("ledger transactions alone", ledger, "SELECT count(*) FROM ledger.transactions WHERE reference = 'torture'");
            await Equal("transfers", transfers, "SELECT count(*) FROM spending.transfers");
            await Equal("purchases", purchases, "SELECT count(*) FROM spending.purchases");
            await Equal("parts of purchases", purchases * 3, "SELECT count(*) FROM spending.purchase_parts");
            await Equal("entitlements", purchases, "SELECT count(*) FROM spending.entitlements");
            await Equal("requests", transfers + purchases, "SELECT count(*) FROM spending.requests");
            await Equal("micro-STK, the sum of all balances,", 0, "SELECT sum(balance_micro)::bigint FROM ledger.accounts");
        }

        private async Task Equal(string what, long answered, string sql)
        {
            var there = await hosts.Ask(sql);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"rows: {there:N0} {what}"));
            if (there != answered)
            {
                throw new InvalidOperationException($"{what}: {answered} were answered and {there} are there");
            }
        }
    }

    /// <param name="HasHalf">Also measured in an open loop at half its best.</param>
    private sealed record Subject(string What, int[] Callers, Func<Task<bool>> Act, bool HasHalf);

    /// <param name="Spent">Unit: µs of processor time for one, in the order of <see cref="ProcessorTimes.Parts"/>.</param>
    private sealed record Figures(LoopResult Best, LoopResult? Half, double[] Spent);
}
