using Stk.GrainInterfaces.Inactivity;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;
using Stk.Rules.Spending;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;
using static Stk.Grains.Tests.Inactivity.Winter;

namespace Stk.Grains.Tests.Inactivity;

/// <summary>The worked numbers of a winter, from the first warning to the last restoration.</summary>
[Collection(OwnEconomiesCollection.Name)]
public sealed class RedistributionTests(EconomyServer server)
{
    private static readonly Amount Hundred = Amount.OfStk(100);

    [Fact]
    public async Task A_quarter_takes_what_it_has_warned_of_and_gives_it_back_to_who_returns()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await Begin(
            economy, ("ann", new(1_234_567_891)), ("apo", Hundred), ("exc", Hundred), ("lea", Hundred), ("led", Hundred),
            ("sus", Hundred), ("zoe", Hundred), ("new", Hundred));
        Done(await economy.Transfer("new", "led", Hundred));
        await economy.Fund("cyd", Hundred); // Of 6 October: 87 days.
        // Of one instant the log's entries could not be told apart.
        await economy.RunTo(At("2025-10-06T09:00:00Z"));
        await economy.Exclude("exc");
        await economy.Leave("lea", "2025-12-20", null);
        await economy.Leave("led", "2025-09-01", "2025-10-04");
        await Warnings(economy);

        await economy.RunTo(At("2026-01-02T12:00:00Z"));
        await Post(economy, ["zoe"]);
        await economy.Fund("new", Amount.OfStk(50));
        await economy.Register("late");
        Assert.Contains("zoe,2025-10-03,90,500,100,5,charged", await Csv(economy, isPreview: true));
        Assert.Equal("coming", (await Grain(economy).GetReport(isPreview: false, CancellationToken.None))!.State);
        await economy.RunTo(RunsAt.AddSeconds(-1));
        Assert.Equal(0, await economy.Ask<long>("SELECT count(*) FROM inactivity.runs WHERE quarter = 20261 AND days = 0"));
        await economy.RunTo(RunsAt);

        Assert.Equal(
            [
                "ann,2025-10-03,90,500,1234.567891,61.728394,charged", "apo,2025-10-03,90,500,100,0,appealed",
                "exc,2025-10-03,90,500,100,0,excluded", "lea,2025-10-03,90,500,100,0,on_leave",
                "new,2025-10-03,90,500,50,0,not_warned", "sus,2025-10-03,90,500,100,0,suspended",
            ],
            await Csv(economy));
        Assert.Equal(new Amount(1_172_839_497), await economy.Available("ann"));
        // With what the week of her return has paid.
        Assert.Equal(Amount.OfStk(150), await economy.Available("zoe"));
        var report = (await Grain(economy).GetReport(isPreview: true, CancellationToken.None))!;
        Assert.Equal(("done", 6, new Amount(61_728_394)), (report.State, report.People, report.Amount));
        Assert.Equal([(500, 6, new Amount(61_728_394))], report.ByRate.Select(sum => (sum.RateBp, sum.People, sum.Amount)));
        var taken = Assert.Single((await economy.Inactive("ann").GetRedistribution(CancellationToken.None)).Taken);
        Assert.Equal(
            ("2026-Q1", new Amount(61_728_394), new DateOnly(2026, 2, 4), 0),
            (taken.Quarter, taken.Amount, taken.AppealUntil, taken.Restoration!.WeeksNow));
        Assert.Equal(
            ["""ann {"quarter":"2026-Q1","amount":"61.728394","rateBp":500,"restoreWeeks":4,"restoreUntil":"2026-07-05"} False"""],
            await Told(economy, "inactivity.charged"));
        Assert.Empty(await Broken(economy));

        await Decisions(economy);
        await Return(economy);
        await Tampering(economy);
    }

    private static async Task Warnings(TestEconomy economy)
    {
        await economy.Suspend("sus");
        await economy.RunTo(At("2025-12-02T07:59:59Z"));
        Assert.Equal(AppealRefusal.NotWarned, Assert.IsType<AppealReply.Refused>(await economy.Appeal("apo")).Reason);
        Assert.Equal(0, await economy.Ask<long>("SELECT count(*) FROM inactivity.warnings"));
        await economy.RunTo(At("2025-12-02T08:00:00Z"));
        Assert.Equal(["ann 61728394", "apo 5000000", "sus 5000000", "zoe 5000000"], await economy.Rows("""
            SELECT id, amount_micro FROM inactivity.warnings JOIN activity.participants ON number = participant
            WHERE days = 30 ORDER BY id
            """));
        Assert.Equal(
            ["""ann {"quarter":"2026-Q1","runsOn":"2026-01-05","rateBp":500,"amount":"61.728394","daysBefore":30} True"""],
            await Told(economy, "inactivity.warning", "ann"));
        Assert.Equal(4, await economy.Ask<long>("SELECT count(*) FROM notices.notices WHERE kind LIKE 'inactivity.%'"));
        var coming = (await economy.Inactive("ann").GetRedistribution(CancellationToken.None)).Coming!;
        Assert.Equal(
            ("2026-Q1", RunsAt, 90, 500, new Amount(61_728_394), InactivityOutcome.Charged),
            (coming.Quarter, coming.RunsAt, coming.Days, coming.RateBp, coming.Sum, coming.Outcome));
        Assert.Null((await economy.Inactive("led").GetRedistribution(CancellationToken.None)).Coming);

        var key = NewKey();
        var done = Assert.IsType<AppealReply.Done>(await economy.Appeal("apo", key));
        Assert.Equal((Amount.OfStk(5), false), (done.Sum, done.IsReplay));
        Assert.True(Assert.IsType<AppealReply.Done>(await economy.Appeal("apo", key)).IsReplay);
        Assert.Equal(AppealRefusal.AlreadyAppealed, Assert.IsType<AppealReply.Refused>(await economy.Appeal("apo")).Reason);
        // Of a quarter that nobody was warned of, and of one that the economy has not seen: nothing is written.
        foreach (var quarter in new[] { Quarter.Next, Quarter.Previous, Rules.Quarters.QuarterId.OfNumber(20001) })
        {
            Assert.Equal(
                AppealRefusal.NotWarned,
                Assert.IsType<AppealReply.Refused>(await economy.Inactive("ann").Appeal(
                    new(NewKey(), quarter.Number, "I was ill"), CancellationToken.None)).Reason);
        }

        Assert.Equal(1, await economy.Ask<long>("SELECT count(*) FROM inactivity.appeals"));

        await economy.RunTo(At("2025-12-29T08:00:00Z"));
        Assert.Equal(
            ["3 4", "30 4"],
            await economy.Rows("SELECT days, count(*) FROM inactivity.warnings GROUP BY days ORDER BY days"));
    }

    // Rejected before anything was taken: of no more than is there now. Accepted after it: the exact sum back, once.
    private static async Task Decisions(TestEconomy economy)
    {
        Done(await economy.Transfer("apo", "zoe", Amount.OfStk(40)));
        var page = await economy.Appeals().List(new(null, 10), AppealState.Open, CancellationToken.None);
        var open = Assert.Single(page.Appeals);
        Assert.Equal(("apo", "2026-Q1", "I was ill", Amount.OfStk(5)), (open.Participant, open.Quarter, open.Text, open.Sum));
        Assert.Equal(SpendingRefusal.OwnAffair, Refused(await Decide(economy, open.Id, isAccepted: true, by: "apo")));
        var rejected = Done(await Decide(economy, open.Id, isAccepted: false));
        Assert.Equal((AppealState.Rejected, Amount.OfStk(3)), (rejected.State, rejected.Sum));
        Assert.Equal(Amount.OfStk(57), await economy.Available("apo"));
        Assert.Equal(SpendingRefusal.AlreadyDecided, Refused(await Decide(economy, open.Id, isAccepted: true)));
        Assert.Equal(SpendingRefusal.UnknownAppeal, Refused(await Decide(economy, Guid.NewGuid(), isAccepted: true)));
        Assert.Contains("apo,2025-10-03,90,500,60,3,charged", await Csv(economy));
        Assert.Equal(
            ["""apo {"quarter":"2026-Q1","accepted":false,"amount":"3"} False"""], await Told(economy, "appeal.decided"));
        Assert.Equal(
            ["""apo {"quarter":"2026-Q1","amount":"3","rateBp":500,"restoreWeeks":4,"restoreUntil":"2026-07-05"} False"""],
            await Told(economy, "inactivity.charged", "apo"));
        var told = Assert.Single((await economy.Inactive("apo").GetRedistribution(CancellationToken.None)).Taken);
        Assert.Equal((AppealState.Rejected, "for a test"), (told.Appeal, told.AppealReason));

        await economy.RunTo(At("2026-01-06T12:00:00Z"));
        var late = Assert.IsType<AppealReply.Done>(await economy.Appeal("ann"));
        Assert.Equal(new Amount(61_728_394), late.Sum);
        Assert.Equal(AppealRefusal.NotWarned, Assert.IsType<AppealReply.Refused>(await economy.Appeal("late")).Reason);
        Assert.Equal(AppealRefusal.TooLate, Assert.IsType<AppealReply.Refused>(await economy.Appeal("sus")).Reason);
        Assert.Empty(await Broken(economy));
        Done(await Decide(economy, late.Id, isAccepted: true));
        Assert.Equal(new Amount(1_234_567_891), await economy.Available("ann"));
        Assert.Empty(await Broken(economy));
    }

    // Four weeks in a row from the run's own on.
    private static async Task Return(TestEconomy economy)
    {
        var week = Week;
        for (var i = 0; i < 4; i++, week = week.Next)
        {
            Assert.Equal(0, await economy.Ask<long>("SELECT count(*) FROM inactivity.restorations"));
            await Post(economy, ["apo", "ann"]);
            await economy.RunTo(week.End.AddHours(5));
            await economy.RunTo(week.End.AddHours(7));
        }

        Assert.Equal(
            "week,user_id,amount\r\n2026-W05,apo,3\r\n",
            System.Text.Encoding.UTF8.GetString((await Grain(economy).ReadRestorations(CancellationToken.None))!));
        var taken = Assert.Single((await economy.Inactive("apo").GetRedistribution(CancellationToken.None)).Taken);
        Assert.Equal((Amount.OfStk(3), "2026-W05"), (taken.Returned, taken.Restoration!.Earned.ToString()));
        Assert.Equal(
            ["""apo {"quarter":"2026-Q1","amount":"3","week":"2026-W05"} False"""],
            await Told(economy, "inactivity.restored"));
        Assert.Equal(
            ["""ann {"quarter":"2026-Q1","accepted":true,"amount":"61.728394"} False"""],
            await Told(economy, "appeal.decided", "ann"));
        Assert.Empty(await Broken(economy));
    }

    private static async Task Tampering(TestEconomy economy)
    {
        var ann = await economy.NumberOf("ann");
        await economy.Execute("CREATE TABLE public.kept AS SELECT * FROM inactivity.warnings");
        await economy.Execute("CREATE TABLE public.told AS SELECT * FROM notices.notices");
        (string Sql, string Undo, string Name)[] acts =
        [
            ($"UPDATE inactivity.lines SET rate_bp = 1000 WHERE participant = {ann}",
                $"UPDATE inactivity.lines SET rate_bp = 500 WHERE participant = {ann}", "I24"),
            ($"DELETE FROM inactivity.warnings WHERE participant = {ann}",
                $"INSERT INTO inactivity.warnings SELECT * FROM public.kept WHERE participant = {ann}", "I24"),
            ($"UPDATE inactivity.lines SET last_active = last_active - 1 WHERE participant = {ann}",
                $"UPDATE inactivity.lines SET last_active = last_active + 1 WHERE participant = {ann}", "I24"),
            ($"UPDATE inactivity.lines SET base_micro = base_micro + 20 WHERE participant = {ann}",
                $"UPDATE inactivity.lines SET base_micro = base_micro - 20 WHERE participant = {ann}", "I24"),
            ($"UPDATE inactivity.lines SET amount_micro = amount_micro + 1 WHERE participant = {ann}",
                $"UPDATE inactivity.lines SET amount_micro = amount_micro - 1 WHERE participant = {ann}", "I25"),
            ("UPDATE inactivity.lines SET outcome = 6 WHERE outcome = 4",
                $"UPDATE inactivity.lines SET outcome = 4 WHERE outcome = 6 AND participant = {await economy.NumberOf("exc")}", "I24"),
            ("UPDATE inactivity.debits SET attempt = attempt + 1", "UPDATE inactivity.debits SET attempt = attempt - 1", "I25"),
            ("UPDATE inactivity.credits SET amount_micro = amount_micro + 1",
                "UPDATE inactivity.credits SET amount_micro = amount_micro - 1", "I25"),
            ("UPDATE inactivity.earned SET week = 202604", "UPDATE inactivity.earned SET week = 202605", "I25"),
            ("UPDATE inactivity.appeals SET state = 1 WHERE state = 2", "UPDATE inactivity.appeals SET state = 2 WHERE state = 1", "I25"),
            ("UPDATE inactivity.decisions SET reason = 'another'", "UPDATE inactivity.decisions SET reason = 'for a test'", "I21"),
            ("UPDATE inactivity.leaves SET last_day = '2025-12-31' WHERE last_day IS NULL",
                "UPDATE inactivity.leaves SET last_day = NULL WHERE last_day = '2025-12-31'", "I24"),
            ("UPDATE ledger.transactions SET kind = 10 WHERE kind = 5", "UPDATE ledger.transactions SET kind = 5 WHERE kind = 10 AND reference = ''", "I25"),
            .. TamperedNotices("inactivity.warning", "I27"), .. TamperedNotices("inactivity.charged", "I16"),
            .. TamperedNotices("inactivity.restored", "I16"), .. TamperedNotices("appeal.decided", "I16"),
            ("UPDATE notices.notices SET at = at + interval '1 s' WHERE kind = 'inactivity.warning'",
                "UPDATE notices.notices SET at = at - interval '1 s' WHERE kind = 'inactivity.warning'", "I27"),
            ("UPDATE suspensions.changes SET number = 2", "UPDATE suspensions.changes SET number = 1", "I24"),
        ];
        foreach (var (sql, undo, name) in acts)
        {
            await economy.Execute(sql);
            Assert.Contains(name, await BrokenNames(economy));
            await economy.Execute(undo);
        }

        Assert.Empty(await Broken(economy));
    }

    private static (string Sql, string Undo, string Name)[] TamperedNotices(string kind, string whenGone) =>
    [
        ($"DELETE FROM notices.notices WHERE kind = '{kind}'",
            $"INSERT INTO notices.notices SELECT * FROM public.told WHERE kind = '{kind}'", whenGone),
        ($"""UPDATE notices.notices SET "values" = replace("values"::text, '2026-Q1', '2026-Q2')::json WHERE kind = '{kind}'""",
            $"""UPDATE notices.notices SET "values" = replace("values"::text, '2026-Q2', '2026-Q1')::json WHERE kind = '{kind}'""",
            "I27"),
    ];

    // Whom, what, and whether it is of no transaction.
    private static Task<string[]> Told(TestEconomy economy, string kind, string? id = null) => economy.Rows($"""
        SELECT participant.id, "values"::text, transaction_id IS NULL
        FROM notices.notices notice JOIN activity.participants participant ON participant.number = notice.participant
        WHERE kind = '{kind}' AND ({(id is null ? "true" : $"participant.id = '{id}'")}) ORDER BY notice.at, participant.id
        """);

    private static Task<GrainInterfaces.Spending.SpendingReply<AppealView>> Decide(
        TestEconomy economy, Guid appeal, bool isAccepted, string by = "operator") => economy.Appeals().Decide(
            new(NewKey(), appeal, isAccepted, "for a test", by), CancellationToken.None);
}
