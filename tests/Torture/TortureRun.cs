using System.Globalization;
using Npgsql;
using Stk.Testing;
using Stk.Torture.Breaking;
using Stk.Torture.Checks;
using Stk.Torture.Hosts;
using Stk.Torture.Operations;
using Stk.Torture.Upgrades;
using Stk.Torture.Workloads;

namespace Stk.Torture;

/// <summary>One run: start, load, break or upgrade, heal, read everything.</summary>
internal sealed class TortureRun(TortureSettings settings, Report report)
{
    private const int ProblemsShown = 10;

    /// <summary>A Monday, decades before the machine's own time: a silo that goes by that is found out.</summary>
    private static readonly DateTimeOffset Begin = new(2001, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <returns>True where every claim holds.</returns>
    // Longer than 70 lines: the run from its start to its checks, in their order.
    public async Task<bool> Run()
    {
        await using var database = NpgsqlDataSource.Create(settings.Owner);
        await using var hooks = new Hooks();
        await using var chain = await ChainUnderTest.Begin(settings);
        report.Say(chain is null ? "no local chain: nothing is paid out" : "a local chain with STK's mint, and a signer");
        await using var cluster = new ClusterUnderTest(settings, hooks.Settings.Concat(chain?.OfSilos ?? []), chain);
        report.Say("starting two silos and the API host");
        await cluster.Heal();
        await using var client = await GrainClient.Connect(settings);
        using var api = new RestApi(settings, cluster.ApiPort);
        using var tokens = new Tokens(settings.Keys);
        using var log = new OperationLog(Path.Combine(settings.Home, "operations.jsonl"), report);

        var calendar = new WeekCalendar(Begin);
        var crowd = new Crowd(api, log, calendar, settings.Seed);
        var closer = new WeekCloser(api, tokens);
        var clock = new ClockMover(api, calendar);
        var weeks = new Weeks(clock, calendar, crowd, closer);
        await Eventually.True(() => api.SetClock(Begin), "the clock is set");
        await crowd.Begin();
        // The first week pays everybody something to lose.
        await weeks.RunOne(Rules.Weeks.WeekId.Of(Begin), new CancellationToken(canceled: true));
        var bank = new Bank(client, log, await Numbers(database), settings.Seed);
        var market = new Market(api, tokens, log, settings.Seed);
        var guard = new Guard(api, tokens);
        var quarters = new Quarters(api, tokens, calendar, settings.Seed);
        var corrector = new Corrector(api, tokens, calendar, settings.Seed);
        using var withdrawers = chain is null ? null : new Withdrawers(api, tokens, chain, settings.Seed);
        var steward = new Steward(api, tokens, database, settings.Seed);
        var voider = new Voider(api, tokens, calendar, settings.Seed);
        // The build before knows no channels.
        var areTold = settings.From is null;
        if (areTold)
        {
            await hooks.Begin(database);
        }

        report.Say("everybody is paid for the first week; load and faults begin");

        var announcement = new Announcement(api, tokens, settings, calendar, database, client.Grains);
        var rollout = new Rollout(cluster, settings, client, weeks, api, announcement, new(api, tokens), database, report);

        using var stop = new CancellationTokenSource();
        var readers = new Readers(client, settings.Seed);
        Task[] loads =
        [
            bank.Run(stop.Token), crowd.Run(stop.Token), market.Run(stop.Token), weeks.Run(stop.Token),
            readers.Run(stop.Token),
            Known(settings.IsFromWithoutProofs ? rollout.Done : Task.CompletedTask, () => guard.Run(stop.Token)),
            Known(settings.From is null ? Task.CompletedTask : rollout.Done, () => quarters.Run(stop.Token)),
            Known(settings.From is null ? Task.CompletedTask : rollout.Done, () => corrector.Run(stop.Token)),
            Known(settings.From is null ? Task.CompletedTask : rollout.Done, () => steward.Run(stop.Token)),
            Known(settings.From is null ? Task.CompletedTask : rollout.Done, () => voider.Run(stop.Token)),
            .. areTold ? (Task[])[hooks.Run(database, stop.Token)] : [],
            .. withdrawers is null ? (Task[])[] : [withdrawers.Run(stop.Token)],
        ];
        var breaker = new Breaker(
            cluster, settings, client.Grains, new(database), calendar, () => bank.Answered + crowd.Answered, report);
        var ordeal = settings.From is null ? breaker.Run(Plan.Of(settings.Kills, settings.Seed)) : rollout.Run();
        await Task.WhenAny(ordeal, Failure(loads)).Unwrap();

        report.Say("healing, and waiting for quiet");
        await stop.CancelAsync();
        await cluster.Heal();
        await Task.WhenAll(loads);
        var resolved = await Resolve(bank, crowd, market);
        await Eventually.True(corrector.Resolve, "corrections are answered");
        if (withdrawers is not null)
        {
            await Eventually.True(withdrawers.Resolve, "withdrawals are answered");
        }

        // What an operator has decided and a dead silo has not paid out, the next day's run does.
        await clock.Move(calendar.Now.AddDays(1));
        await AwaitQuiet(database);
        if (withdrawers is not null)
        {
            await Withdrawers.AwaitQuiet(database);
        }

        if (areTold)
        {
            await hooks.AwaitQuiet(database);
        }

        await TellTime(database, quarters);

        return Tell(breaker.Kills, bank, crowd, market, weeks, resolved, log)
            & await Check(
                database, client.Grains, api, bank, crowd, market, calendar, readers, rollout, closer, guard, hooks,
                quarters, corrector, steward, voider, withdrawers);
    }

    // A load of what an earlier build does not know.
    private static async Task Known(Task known, Func<Task> load)
    {
        await known;
        await load();
    }

    // A load that ends before it is told to has found something.
    private static async Task Failure(Task[] loads) => await await Task.WhenAny(loads);

    private static async Task<IReadOnlyList<long>> Numbers(NpgsqlDataSource database) =>
        await database.Read("SELECT number FROM activity.participants ORDER BY number", row => row.GetInt64(0));

    /// <summary>What got no answer is sent again, until it has one.</summary>
    private static async Task<(int Transfers, int Events, int Spendings)> Resolve(Bank bank, Crowd crowd, Market market)
    {
        var unknown = bank.Records
            .GroupBy(record => record.Order)
            .Where(sendings => sendings.Any(sending => sending.Told == Told.Unknown))
            .Select(sendings => sendings.Key)
            .ToList();
        foreach (var order in unknown)
        {
            await Eventually.True(
                async () => (await bank.Send(order)).Told is Told.Accepted or Told.Refused, $"{order.Id} is answered");
        }

        var events = crowd.Records.Where(record => !record.IsAnswered).ToList();
        foreach (var batch in events.Chunk(50))
        {
            await Eventually.True(() => crowd.Send(batch), "events are answered");
        }

        var spendings = market.Records.Where(record => record.Answer is null).ToList();
        foreach (var record in spendings)
        {
            await Eventually.Get(
                async () =>
                {
                    await market.Send(record);
                    return record.Answer;
                },
                answer => answer is not null,
                $"{record.Order.Act} {record.Order.Id} is answered");
        }

        return (unknown.Count, events.Count, spendings.Count);
    }

    /// <summary>Nothing is due, nothing is written, and no transaction is open.</summary>
    private static async Task AwaitQuiet(NpgsqlDataSource database)
    {
        long last = -1;
        await Eventually.True(
            async () =>
            {
                var head = await database.Count("SELECT sequence FROM ledger.head");
                var busy = await database.Count("""
                    SELECT (SELECT count(*) FROM pg_stat_activity
                            WHERE datname = 'stk' AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%')
                        + (SELECT count(*) FROM economy.clock WHERE reached <> now)
                    """);
                var isQuiet = busy == 0 && head == last;
                last = head;
                return isQuiet;
            },
            "nothing is written any more");
    }

    // What came because a moment came: a run of a few weeks sees no quarter, and that is no fault.
    private async Task TellTime(NpgsqlDataSource database, Quarters quarters)
    {
        var counts = await database.Read(
            """
            SELECT (SELECT count(*) FROM vesting.evidence), (SELECT count(*) FROM vesting.decisions),
                (SELECT count(*) FROM vesting.decisions WHERE by IS NOT NULL), (SELECT count(*) FROM inactivity.warnings),
                (SELECT count(*) FROM inactivity.debits), (SELECT count(*) FROM inactivity.appeals),
                (SELECT count(*) FROM inactivity.credits)
            """,
            row => Enumerable.Range(0, 7).Select(row.GetInt64).ToArray());
        report.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{counts[0][0]} pieces of evidence, {counts[0][1]} grants decided, {counts[0][2]} of them by operators; {counts[0][3]} warnings, {counts[0][4]} debits, {counts[0][5]} appeals, {counts[0][6]} given back; {quarters.Done} acts of people who sleep and of operators"));
    }

    private bool Tell(
        IReadOnlyList<Kill> kills, Bank bank, Crowd crowd, Market market, Weeks weeks,
        (int Transfers, int Events, int Spendings) resolved, OperationLog log)
    {
        var inRuns = kills.Count(kill => kill.Stage is not null);
        report.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"seed {settings.Seed}: {kills.Count} kills, {inRuns} of them inside a weekly run; {weeks.Done} weeks run"));
        report.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{bank.Records.Count} transfers sent: {bank.Records.CountBy(record => record.Told).OrderBy(told => told.Key).Aggregate("", (text, told) => $"{text}{(text.Length > 0 ? ", " : "")}{told.Value} {told.Key}")}; {resolved.Transfers} unknown ones resolved by sending again"));
        report.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{crowd.Records.Count} events sent, {resolved.Events} resolved by sending again; operations: {log.Path}"));
        var acts = market.Records.GroupBy(record => record.Order.Act).OrderBy(act => act.Key)
            .Select(act => string.Create(CultureInfo.InvariantCulture, $"{act.Key} {act.Count(record => record.IsDone)} of {act.Count()}"));
        report.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{market.Records.Count} spendings, done: {string.Join(", ", acts)}; {market.Unanswered} sendings without an answer; {market.SentAgain} sent again after it, {resolved.Spendings} resolved at the end"));
        if (settings.From is not null)
        {
            return true;
        }

        var isEnough = inRuns * 3 >= kills.Count;
        report.Say($"{(isEnough ? "ok  " : "FAIL")} at least a third of the kills fell inside a weekly run ({inRuns} of {kills.Count})");
        return isEnough;
    }

    private async Task<bool> Check(
        NpgsqlDataSource database, IGrainFactory grains, RestApi api, Bank bank, Crowd crowd, Market market,
        WeekCalendar calendar, Readers readers, Rollout rollout, WeekCloser closer, Guard guard, Hooks hooks,
        Quarters quarters, Corrector corrector, Steward steward, Voider voider, Withdrawers? withdrawers)
    {
        Func<Task<CheckResult>>[] checks =
        [
            .. settings.From is null ? (IEnumerable<Func<Task<CheckResult>>>)
                [
                    () => Task.FromResult(hooks.Result), () => corrector.Check(database), steward.Check,
                    () => voider.Check(database),
                ]
                : [() => Task.FromResult(rollout.Result), () => closer.Check(database)],
            .. withdrawers is null ? (IEnumerable<Func<Task<CheckResult>>>)[]
                : [() => withdrawers.Asked(database), () => withdrawers.Paid(database)],
            () => LedgerChecks.CommitsBearTheEconomysTime(database, calendar.Now),
            () => LedgerChecks.TransfersAreAsTold(database, bank.Records),
            () => SpendingChecks.OrdersAreAsTold(
                database, market.Records, [.. quarters.Sent, .. corrector.Sent, .. voider.Sent, .. withdrawers?.Sent ?? []]),
            () => Task.FromResult(SpendingChecks.RepeatsAreEqual(market.Records, settings.From is null)),
            () => SpendingChecks.SumsAreAsTold(database, market.Records),
            () => WeekChecks.EventsAreAsTold(database, crowd.Records),
            () => WeekChecks.SealsAreTheirEvents(database),
            () => WeekChecks.WeeksAreEven(database),
            () => WeekChecks.EmissionIsTheSchedule(database, calendar.Now),
            () => ReadChecks.NoReaderGoesBack(database, readers.Readings),
            () => ReadChecks.ActorsShowTheBook(database, grains),
            () => ReadChecks.RestShowsTheBook(database, api, grains),
            () => Task.FromResult(new CheckResult(
                "no request was answered 500", [.. api.Unforeseen], api.Unforeseen.Count + crowd.Answered)),
            () => Task.FromResult(guard.Result),
            () => ReadChecks.Verb("./stk verify holds", settings, "verify", "--harness"),
        ];
        var all = true;
        await foreach (var result in Results(checks, database, bank, crowd, market))
        {
            var holds = result.Problems.Count == 0 && result.Looked > 0;
            report.Say($"{(holds ? "ok  " : "FAIL")} {result.Claim} ({result.Looked} looked at)");
            foreach (var problem in result.Problems.Take(ProblemsShown))
            {
                report.Say($"       {problem}");
            }

            if (result.Problems.Count > ProblemsShown)
            {
                report.Say($"       and {result.Problems.Count - ProblemsShown} more");
            }

            all &= holds;
        }

        return all;
    }

    // The invariants that every harness shares, then what only this one can know.
    private async IAsyncEnumerable<CheckResult> Results(
        Func<Task<CheckResult>>[] checks, NpgsqlDataSource database, Bank bank, Crowd crowd, Market market)
    {
        await foreach (var result in Invariants.Hold(database, settings, bank.Records, crowd.Records, market.Records))
        {
            yield return result;
        }

        foreach (var check in checks)
        {
            yield return await check();
        }
    }
}
