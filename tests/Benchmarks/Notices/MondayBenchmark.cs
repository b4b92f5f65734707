using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Stk.Benchmarks.Hosting;
using Stk.Benchmarks.Measuring;
using Stk.GrainInterfaces.Participants;
using Stk.Rules.Weeks;
using Stk.Testing.Channels;

namespace Stk.Benchmarks.Notices;

/// <summary>
/// Monday at eight: everybody of a real week is told of it, in the inbox and by mail, which a server of this process takes.
/// Balances are asked for at a fixed rate before and meanwhile.
/// </summary>
internal static class MondayBenchmark
{
    private const double BalancesPerSecond = 200;
    private const int Connections = 32;
    private const double LeastShare = 0.95;

    private static readonly WeekId Week = WeekId.OfNumber(202540);

    public static Command Command()
    {
        var participants = new Option<int>("--participants") { DefaultValueFactory = _ => 100_000 };
        var seconds = new Option<int>("--seconds") { Description = "Of mail.", DefaultValueFactory = _ => 600 };
        var rate = new Option<double>("--rate") { Description = "Letters a second.", DefaultValueFactory = _ => 50 };
        var command = new Command("monday", "A week's notices: inbox rows, and mail beside balances.")
        {
            participants, seconds, rate,
        };
        command.SetAction((parsed, _) => Run(
            parsed.GetValue(participants), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(rate)));
        return command;
    }

    private static async Task Run(int participants, TimeSpan time, double rate)
    {
        using var authority = new LocalAuthority();
        await using var mail = new SmtpSink(authority.Server);
        await using var silo = await BenchSilo.Start(more: Settings(authority, mail, rate));
        await Report.Machine(silo.Database);
        await EventFill.People(silo, Week, participants);
        await EventFill.Week(silo, Week, 1, participants, participants, "SectionCompleted");
        await silo.SetClock(Week.End.AddHours(8).AddTicks(-10));
        await silo.Execute("""
            INSERT INTO notices.addresses (participant, channel, address, set_at, confirmed_at)
            SELECT number, 1, id || '@example.org', now(), now() FROM activity.participants
            """);
        // What was told before, of other kinds, is not what is measured.
        await silo.Execute("DELETE FROM notices.deliveries; UPDATE notices.notices SET is_planned = true");
        await silo.Execute("VACUUM ANALYZE");
        var alone = await Balances(silo, participants, TimeSpan.FromTicks(Math.Min(time.Ticks, TimeSpan.TicksPerMinute)));

        var watch = Stopwatch.StartNew();
        await silo.SetClock(Week.End.AddHours(8));
        var inbox = watch.Elapsed;
        var told = await silo.Ask<long>("SELECT count(*) FROM notices.notices WHERE kind = 'weekly'");
        var beside = Balances(silo, participants, time);
        var minutes = await Count(mail, time);
        var during = await beside;
        var letters = mail.Letters.Select(Id).ToImmutableArray();

        var held = minutes.Sum() / time.TotalSeconds;
        Report.Table(
            ["what", "figure"],
            [
                [$"inbox rows of {told:N0} people, seconds", Report.Number(inbox.TotalSeconds)],
                [$"letters a second over {time.TotalSeconds:N0} s, of {Report.Number(rate)}", Report.Number(held)],
                ["letters a second, of each minute", string.Join(", ", minutes.Select(
                    count => Report.Number(count / Math.Min(60, time.TotalSeconds))))],
                ["letters twice", $"{letters.Length - letters.Distinct().Count():N0}"],
                ["connections of mail", $"{mail.Connections:N0}"],
            ]);
        Report.Table(
            ["balances", "per second", "ms, median", "ms, p99", "ms, longest"], [Row("before", alone), Row("meanwhile", during)]);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"peak memory of silo, load and mail {Process.GetCurrentProcess().PeakWorkingSet64 >> 20:N0} MiB"));
        var wanted = Math.Min(rate * time.TotalSeconds, participants);
        if (told != participants || minutes.Sum() < LeastShare * wanted || letters.Distinct().Count() != letters.Length)
        {
            throw new InvalidOperationException("not everybody was told, or mail was slower than asked for, or came twice");
        }
    }

    private static ImmutableDictionary<string, string?> Settings(LocalAuthority authority, SmtpSink mail, double rate) =>
        new Dictionary<string, string?>
        {
            ["Stk:Notices:PublicUrl"] = "https://stk.example.org/api/v1/tokenomics/",
            ["Stk:Notices:Email:Host"] = "localhost",
            ["Stk:Notices:Email:Port"] = mail.Port.ToString(CultureInfo.InvariantCulture),
            ["Stk:Notices:Email:From"] = "stk@example.org",
            ["Stk:Notices:Email:TrustedAuthority"] = authority.Path,
            ["Stk:Notices:Email:PerSecond"] = rate.ToString(CultureInfo.InvariantCulture),
        }.ToImmutableDictionary();

    // What arrives in each minute; the last may be shorter.
    private static async Task<List<long>> Count(SmtpSink mail, TimeSpan time)
    {
        var minutes = new List<long>();
        var started = Stopwatch.GetTimestamp();
        for (var before = 0L; TimeSpan.FromMinutes(minutes.Count) < time;)
        {
            var end = TimeSpan.FromMinutes(minutes.Count + 1);
            var left = (end < time ? end : time) - Stopwatch.GetElapsedTime(started);
            await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            var now = (long)mail.Letters.Count;
            minutes.Add(now - before);
            before = now;
        }

        return minutes;
    }

    private static Task<LoopResult> Balances(BenchSilo silo, int people, TimeSpan time) => OpenLoop.Run(
        BalancesPerSecond, Connections, time, async number =>
        {
            // Any of them: most are not in memory yet, and read their balance from the database.
            await silo.Grains.GetGrain<IHolderGrain>($"p{1 + ((number * 7919L) % people)}").GetBalance();
            return true;
        });

    private static string Id(string letter) => letter.Split('\n')
        .First(line => line.StartsWith("Message-Id:", StringComparison.OrdinalIgnoreCase));

    private static string[] Row(string what, LoopResult result) =>
    [
        what, Report.Number(result.PerSecond), Report.Number(result.Percentile(0.5)), Report.Number(result.Percentile(0.99)),
        Report.Number(result.LatenciesMs[^1]),
    ];
}
