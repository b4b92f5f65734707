using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Schedules;
using Stk.GrainInterfaces.Sources;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Money;
using Stk.Rules.Runs;
using Stk.Rules.Weeks;
using Stk.Testing;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;
using static Stk.Grains.Tests.Inactivity.Winter;

namespace Stk.Grains.Tests.Schedules;

/// <summary>What people see of due work, and say to it.</summary>
[Collection(OwnEconomiesCollection.Name)]
public sealed class WorkTests(EconomyServer server)
{
    private static readonly WeekId Week41 = WeekId.OfNumber(202541);

    [Fact]
    public async Task A_month_ahead_is_done_once_and_in_order_and_the_rows_say_when_it_was_due()
    {
        await using var economy = await server.NewEconomy();
        await Begin(economy, ("wo-ann", Amount.OfStk(100)));
        await economy.RunTo(At("2025-11-10T08:00:00Z"));
        Assert.IsType<SetClockReply.Backwards>(await economy.SetClock(At("2025-10-10T08:00:00Z")));

        var done = await Done(economy, 7);
        var work = done.Where(row => row.Kind != DueKinds.Audit).Reverse().ToList();
        Assert.All(work, row => Assert.Equal(("done", 1, null), (row.State, row.Attempts, row.Note)));
        Assert.Equal(work.Count, work.Select(row => (row.Kind, row.Subject)).Distinct().Count());
        Assert.Equal(work.OrderBy(row => row.Due), work);
        Assert.All(work, row => Assert.True(row.Began >= row.Due && row.Ended >= row.Began && row.TookMs >= 0, $"{row}"));
        Assert.Equal(43, work.Count(row => row.Kind == DueKinds.Emission));
        Assert.Equal(42, work.Count(row => row.Kind == DueKinds.Vesting));
        Assert.Equal(
            ["2025-W40", "2025-W41", "2025-W42", "2025-W43", "2025-W44", "2025-W45"],
            work.Where(row => row.Kind == DueKinds.WeekSettle).Select(row => row.Subject));
        Assert.Equal(
            ["emission 2025-11-11", "vesting 2025-11-11", "week.aggregate 2025-W46", "week.score 2025-W46",
                "week.report 2025-W46", "week.settle 2025-W46", "inactivity.warn 2026-Q1/30", "inactivity.run 2026-Q1"],
            (await Schedule(economy)).Coming
                .Where(item => item.Kind is not (DueKinds.Audit or DueKinds.WeekNotify or DueKinds.Renewals))
                .Select(item => $"{item.Kind} {item.Subject}"));
        Assert.Empty(await Broken(economy));
    }

    [Fact]
    public async Task What_waits_says_so_once_is_tried_again_when_asked_and_says_when_it_was_done()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await Begin(economy, ("wp-ann", Amount.OfStk(100)));
        await Complete(economy, Week41.Start);
        await economy.RunTo(Week41.End.AddDays(2));
        var waiting = Assert.Single(await Done(economy, 100), row => row.State == "waiting");
        Assert.Equal(
            (DueKinds.WeekAggregate, "2025-W41", Week41.End, 1),
            (waiting.Kind, waiting.Subject, waiting.Due, waiting.Attempts));
        Assert.Contains("club", waiting.Note!, StringComparison.Ordinal);
        var due = (await Schedule(economy)).Coming.First(item => item.Kind == DueKinds.WeekAggregate);
        Assert.Equal(("2025-W41", Week41.End), (due.Subject, due.Due));

        Assert.IsType<WorkReply.NotDue>(await Run(economy, DueKinds.WeekAggregate, "2025-W42"));
        Assert.IsType<WorkReply.NotDue>(await Run(economy, DueKinds.WeekAggregate, "2025-W40"));
        Assert.IsType<WorkReply.NotDue>(await Run(economy, DueKinds.InactivityRun, "2026-Q1"));
        Assert.IsType<WorkReply.NotDue>(await Run(economy, DueKinds.Emission, "nothing"));
        Assert.IsType<WorkReply.NotDue>(await Run(economy, DueKinds.Audit, "2020-01-01"));
        await economy.EndOperator("gone");
        Assert.IsType<WorkReply.OperatorUnknown>(
            await economy.Schedule.RunBy(new(NewKey(), DueKinds.WeekAggregate, "2025-W41", "gone")));
        var key = NewKey();
        Assert.False(Assert.IsType<WorkReply.Done>(await Run(economy, DueKinds.WeekAggregate, "2025-W41", key)).IsReplay);
        Assert.True(Assert.IsType<WorkReply.Done>(await Run(economy, DueKinds.WeekAggregate, "2025-W41", key)).IsReplay);
        Assert.IsType<WorkReply.KeyReused>(
            await Run(economy, DueKinds.WeekAggregate, "2025-W41", key with { Fingerprint = new byte[32] }));

        await Complete(economy, Week41.End.AddDays(7));
        var settled = await Eventually.Get(
            () => Done(economy, 100),
            rows => rows.Any(row => (row.Kind, row.Subject) == (DueKinds.WeekSettle, "2025-W41") && row.State == "done"),
            "the week is settled");
        var sealing = settled.Single(row => (row.Kind, row.Subject) == (DueKinds.WeekAggregate, "2025-W41"));
        Assert.Equal(
            ("done", 1, Week41.End, Week41.End.AddDays(2)), (sealing.State, sealing.Attempts, sealing.Due, sealing.Ended));
        Assert.Equal(["1"], await economy.Rows("SELECT count(*) FROM audit.entries WHERE action = 'schedule.run'"));
        Assert.Empty(await Broken(economy));
    }

    [Fact]
    public async Task An_operator_skips_a_warning_and_a_quarter_and_nothing_else()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await Begin(economy, ("wq-ann", Amount.OfStk(100)));
        foreach (var (kind, subject) in ((string, string)[])
        [
            (DueKinds.Emission, "2025-10-07"), (DueKinds.Vesting, "2025-10-07"), (DueKinds.WeekAggregate, "2025-W41"),
            (DueKinds.WeekSettle, "2025-W41"), (DueKinds.Audit, "2025-10-07"), (DueKinds.InactivityRun, "2026-Q2"),
            (DueKinds.InactivityRun, "2025-W41"), (DueKinds.InactivityWarning, "2026-Q1"),
            (DueKinds.InactivityWarning, "2026-Q1/31"), (DueKinds.InactivityWarning, "2026-Q2/30"),
        ])
        {
            Assert.IsType<WorkReply.NotSkippable>(await Skip(economy, kind, subject));
        }

        await economy.EndOperator("gone");
        Assert.IsType<WorkReply.OperatorUnknown>(await Skip(economy, DueKinds.InactivityRun, "2026-Q1", by: "gone"));
        var key = NewKey();
        var skipped = Assert.IsType<WorkReply.Done>(await Skip(economy, DueKinds.InactivityWarning, "2026-Q1/30", key));
        Assert.Equal(new ComingView(DueKinds.InactivityWarning, "2026-Q1/30", At("2025-12-02T08:00:00Z")), skipped.Work);
        Assert.True(Assert.IsType<WorkReply.Done>(
            await Skip(economy, DueKinds.InactivityWarning, "2026-Q1/30", key)).IsReplay);
        Assert.IsType<WorkReply.NotSkippable>(await Skip(economy, DueKinds.InactivityWarning, "2026-Q1/30"));
        await economy.RunTo(At("2025-12-29T09:00:00Z"));
        Assert.Equal(["3 1"], await economy.Rows("SELECT days, count(*) FROM inactivity.warnings GROUP BY days"));
        Assert.IsType<WorkReply.NotSkippable>(await Skip(economy, DueKinds.InactivityWarning, "2026-Q1/3"));

        Assert.IsType<WorkReply.Done>(await Skip(economy, DueKinds.InactivityRun, "2026-Q1"));
        await economy.RunTo(RunsAt.AddHours(1));
        Assert.Empty(await Csv(economy));
        Assert.Equal(0, await economy.Ask<long>("SELECT count(*) FROM inactivity.debits"));
        Assert.Equal("2026-Q2", (await economy.Inactive("wq-ann").GetRedistribution(CancellationToken.None)).Coming!.Quarter);
        var rows = (await Done(economy, 100)).Where(row => row.State == "skipped").ToList();
        Assert.Equal(
            [(DueKinds.InactivityRun, "2026-Q1", "at rest"), (DueKinds.InactivityWarning, "2026-Q1/30", "at rest")],
            rows.Select(row => (row.Kind, row.Subject, row.Note)));
        Assert.Empty(await Broken(economy));

        await economy.Execute("UPDATE schedule.skips SET reason = 'another' WHERE kind = 'inactivity.run'");
        Assert.Equal(["I21"], await BrokenNames(economy));
        await economy.Execute("UPDATE schedule.skips SET reason = 'at rest' WHERE kind = 'inactivity.run'");
        await economy.Execute("DELETE FROM schedule.skips WHERE kind = 'inactivity.warn'");
        Assert.Equal(["I21", "I24", "I39"], await BrokenNames(economy));
    }

    // By the host's clock: the night is put back, as after a downtime.
    [Fact]
    public async Task The_ledger_is_audited_at_night_from_where_it_was_sound_and_a_fault_is_said()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await Begin(economy, ("wr-ann", Amount.OfStk(100)));
        var audit = economy.Grains.GetGrain<ILedgerAuditGrain>(0);

        var first = await Audit(economy, audit, "2026-01-01");
        Assert.Equal(("done", 1, ""), (first.State, first.Attempts, first.State == "done" ? "" : first.Note));
        Assert.EndsWith(", whole", first.Note, StringComparison.Ordinal);
        var head = await economy.Ask<long>("SELECT sequence FROM ledger.head");
        Assert.Equal([$"0 {head}"], await economy.Rows("SELECT after_sequence, head_sequence FROM schedule.audits"));

        await economy.RunTo(At("2025-10-07T08:00:00Z"));
        var second = await Audit(economy, audit, "2026-01-02");
        var next = await economy.Ask<long>("SELECT sequence FROM ledger.head");
        Assert.Equal("done", second.State);
        Assert.StartsWith($"{next - head} commits, to ", second.Note, StringComparison.Ordinal);

        await economy.RunTo(At("2025-10-08T08:00:00Z"));
        await economy.Execute($"UPDATE ledger.postings SET balance_after = balance_after + 1 WHERE sequence = {next + 1} AND line = 0");
        var third = await Audit(economy, audit, "2026-01-03");
        Assert.Equal("broken", third.State);
        Assert.StartsWith("ledger.postings", third.Note, StringComparison.Ordinal);
        await economy.Execute($"UPDATE ledger.postings SET balance_after = balance_after - 1 WHERE sequence = {next + 1} AND line = 0");

        await economy.Execute($"UPDATE ledger.commits SET hash = sha256('x') WHERE sequence = {next}");
        var fourth = await Audit(economy, audit, "2026-01-04");
        Assert.Equal("broken", fourth.State);
        Assert.Contains("as it was verified", fourth.Note, StringComparison.Ordinal);
        Assert.Equal(
            ["2026-01-03", "2026-01-04"],
            await economy.Rows("SELECT to_char(day, 'YYYY-MM-DD') FROM schedule.audits WHERE fault IS NOT NULL ORDER BY day"));
        Assert.Contains((await Schedule(economy)).Coming, item => item.Kind == DueKinds.Audit);
    }

    private static async Task<WorkView> Audit(TestEconomy economy, ILedgerAuditGrain audit, string night)
    {
        await Eventually.Get(
            async () =>
            {
                await audit.Look();
                return await economy.Ask<long>("SELECT count(*) FROM schedule.work WHERE kind = 'audit' AND state = 6");
            },
            announced => announced == 1, "an audit is announced");
        await economy.Execute($"""
            UPDATE schedule.work SET subject = '{night}', due = '{night}T03:00:00Z' WHERE kind = 'audit' AND state = 6
            """);
        var done = await Eventually.Get(
            async () =>
            {
                await audit.Look();
                return (await Done(economy, 100)).FirstOrDefault(row => (row.Kind, row.Subject) == ("audit", night));
            },
            row => row is { Ended: not null }, "the audit is done");
        return done!;
    }

    private static Task<SourceReply> Complete(TestEconomy economy, DateTimeOffset to) =>
        economy.Grains.GetGrain<ISourceGrain>("club").Put(new(to, IsRequired: true, null, "operator"), CancellationToken.None);

    private static Task<ScheduleReply> Schedule(TestEconomy economy) =>
        economy.Schedule.GetSchedule(new(null, 1), CancellationToken.None);

    private static Task<WorkReply> Run(TestEconomy economy, string kind, string subject, RequestKey? key = null) =>
        economy.Schedule.RunBy(new(key ?? NewKey(), kind, subject, "operator"));

    private static Task<WorkReply> Skip(
        TestEconomy economy, string kind, string subject, RequestKey? key = null, string by = "operator") =>
        economy.Schedule.SkipBy(new(key ?? NewKey(), kind, subject, "at rest", by));

    // All pages, newest first.
    private static async Task<List<WorkView>> Done(TestEconomy economy, int limit)
    {
        var rows = new List<WorkView>();
        string? cursor = null;
        do
        {
            var page = await economy.Schedule.GetSchedule(new(cursor, limit), CancellationToken.None);
            Assert.True(page.IsCursorValid);
            rows.AddRange(page.Done);
            cursor = page.Next;
        }
        while (cursor is not null);

        return rows;
    }
}
