using Stk.GrainInterfaces.Inactivity;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Inactivity;
using Stk.Grains.Tests.Economies;
using Stk.Ledger;
using Stk.Ledger.Machine;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Spending;
using Stk.Rules.Weeks;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;
using static Stk.Grains.Tests.Inactivity.Winter;

namespace Stk.Grains.Tests.Inactivity;

/// <summary>What the ledger refuses, and what one signature does not do.</summary>
[Collection(OwnEconomiesCollection.Name)]
public sealed class AppealDecisionTests(EconomyServer server)
{
    private static readonly Amount Hundred = Amount.OfStk(100);

    // An id that the ledger has refused is refused for thirty days: the next try has another.
    [Fact]
    public async Task What_was_refused_for_want_of_funds_is_done_once_there_are_some()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await Begin(economy, ("re-ann", Hundred), ("re-bob", Hundred), ("re-cid", Hundred));
        await economy.RunTo(At("2025-12-03T12:00:00Z"));
        var early = Assert.IsType<AppealReply.Done>(await economy.Appeal("re-cid"));
        await economy.RunTo(RunsAt.AddHours(1));

        // Taken after a rejection: the balance fell between the plan and the posting.
        var cid = await economy.NumberOf("re-cid");
        var refused = await economy.ServiceOf<ILedger>(0).Post(InactivityPayments.Debit(
            Quarter, cid, 2, Amount.OfStk(1_000), 500, RuleBook.FromTheSource.Inactivity.Restoration));
        Assert.Equal(Refusal.InsufficientFunds, refused.Objection);
        Assert.Equal(Amount.OfStk(5), Done(await Decide(economy, early.Id, isAccepted: false)).Sum);
        Assert.Equal(["1", "3"], await economy.Rows(
            $"SELECT attempt FROM inactivity.lines WHERE participant = {cid} ORDER BY attempt"));

        // Given back by an appeal.
        var late = Assert.IsType<AppealReply.Done>(await economy.Appeal("re-ann"));
        var key = NewKey();
        await WithoutFunds(economy, async () => Assert.Equal(
            SpendingRefusal.InsufficientFunds, Refused(await Decide(economy, late.Id, isAccepted: true, key: key))));
        Assert.Equal(SpendingRefusal.InsufficientFunds, Refused(await Decide(economy, late.Id, isAccepted: true, key: key)));
        Assert.Equal(AppealState.Accepted, Done(await Decide(economy, late.Id, isAccepted: true)).State);
        Assert.Empty(await Broken(economy));

        // Given back to who has returned: somebody else spent from the fund between the decision and the posting.
        var week = await Return(economy, "re-bob");
        await economy.Execute($"""
            INSERT INTO inactivity.restorations (week, people, due_micro, fund_micro, is_paid)
            VALUES ({week.Number}, 1, 5000000, 5000000, true)
            """);
        await WithoutFunds(economy, () => economy.ServiceOf<Restorations>(0).Run(week));
        await economy.RunTo(week.End.AddHours(7));
        Assert.Equal(1, await economy.Ask<long>("SELECT count(*) FROM inactivity.credits"));
        await economy.RunTo(week.Next.End.AddHours(7));
        Assert.Equal(
            ["2026-W06 5"],
            (await economy.Rows("SELECT week, amount_micro / 1000000 FROM inactivity.credits WHERE cause = 2"))
                .Select(row => row.Replace("202606", "2026-W06", StringComparison.Ordinal)));
        Assert.Empty(await Broken(economy));
    }

    // Of two of 5 STK one could be given back.
    [Fact]
    public async Task Where_the_fund_has_less_than_all_that_is_due_everybody_waits_for_the_next_settlement()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await Begin(economy, ("rw-ann", Hundred), ("rw-bob", Hundred));
        await economy.RunTo(RunsAt.AddHours(1));
        var week = await Return(economy, "rw-ann", "rw-bob");
        var before = (await economy.Available("rw-ann"), await economy.Available("rw-bob"));
        await WithFunds(economy, Amount.OfStk(9), () => economy.ServiceOf<Restorations>(0).Run(week));

        // The week's own settlement finds what was decided, with all that the fund has by then.
        await economy.RunTo(week.End.AddHours(7));
        Assert.Equal(
            [$"{week.Number} 2 10000000 9000000 False"],
            await economy.Rows("SELECT week, people, due_micro, fund_micro, is_paid FROM inactivity.restorations"));
        Assert.Equal(0, await economy.Ask<long>("SELECT count(*) FROM inactivity.credits"));
        var waiting = Assert.Single((await economy.Inactive("rw-ann").GetRedistribution(CancellationToken.None)).Taken);
        Assert.Equal((null, week), (waiting.Returned, waiting.Restoration!.Earned));
        Assert.Empty(await Broken(economy));

        var paid = (await economy.Available("rw-ann"), await economy.Available("rw-bob"));
        Assert.True(paid.Item1 > before.Item1 && paid.Item2 > before.Item2, "the week itself is paid");
        await economy.RunTo(week.Next.End.AddHours(7));

        Assert.Equal(
            [$"{week.Next.Number} 5000000", $"{week.Next.Number} 5000000"],
            await economy.Rows("SELECT week, amount_micro FROM inactivity.credits WHERE cause = 2"));
        Assert.Equal(paid.Item1 + Amount.OfStk(5), await economy.Available("rw-ann"));
        Assert.Equal(paid.Item2 + Amount.OfStk(5), await economy.Available("rw-bob"));
        Assert.Equal(
            [$"{week.Number}"], await economy.Rows("SELECT DISTINCT week FROM inactivity.earned"));
        Assert.Empty(await Broken(economy));
    }

    // Each of 6,000 STK; one signature gives 10,000 in seven days, given back and spared together.
    [Fact]
    public async Task What_is_given_back_or_spared_counts_towards_one_signature_and_beyond_it_takes_two()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        var much = Amount.OfStk(120_000);
        await Begin(economy, ("sg-ann", much), ("sg-bob", much), ("sg-cid", much));
        await economy.RunTo(At("2026-01-03T12:00:00Z"));
        var ann = Assert.IsType<AppealReply.Done>(await economy.Appeal("sg-ann"));
        var cid = Assert.IsType<AppealReply.Done>(await economy.Appeal("sg-cid"));
        Assert.Equal((Amount.OfStk(6_000), Amount.OfStk(6_000)), (ann.Sum, cid.Sum));

        Assert.Equal(AppealState.Accepted, Done(await Decide(economy, ann.Id, isAccepted: true)).State);
        var spared = Done(await Decide(economy, cid.Id, isAccepted: true)).Waiting!;
        await economy.Approve(spared);
        Assert.Equal(
            ["olga 6000000000", " "],
            await economy.Rows("SELECT person, spared_micro FROM inactivity.decisions ORDER BY person"));

        await economy.RunTo(RunsAt.AddHours(1));
        Assert.Equal(
            ["sg-ann,2025-10-03,90,500,120000,0,appealed", "sg-bob,2025-10-03,90,500,120000,6000,charged",
                "sg-cid,2025-10-03,90,500,120000,0,appealed"],
            await Csv(economy));
        var bob = Assert.IsType<AppealReply.Done>(await economy.Appeal("sg-bob"));
        var key = NewKey();
        var waiting = Done(await Decide(economy, bob.Id, isAccepted: true, key: key));
        Assert.Equal((AppealState.Open, "appeal.accept"), (waiting.State, waiting.Waiting!.Kind));
        Assert.Equal(much - Amount.OfStk(6_000), await economy.Available("sg-bob"));

        await economy.Approve(waiting.Waiting);

        Assert.Equal(much, await economy.Available("sg-bob"));
        Assert.Equal(
            new SpendingReply<AppealView>.Done(waiting, IsReplay: true),
            await Decide(economy, bob.Id, isAccepted: true, key: key));
        Assert.Equal(SpendingRefusal.AlreadyDecided, Refused(await Decide(economy, bob.Id, isAccepted: true)));
        Assert.Equal(
            ["sg-ann 0", "sg-cid 0", "sg-bob 6000"],
            await economy.Rows("""
                SELECT id, "values" ->> 'amount' FROM (SELECT participant, at, "values" FROM notices.notices
                    WHERE kind = 'appeal.decided') AS told JOIN activity.participants ON number = participant ORDER BY at, id
                """));
        Assert.Empty(await Broken(economy));
        await economy.Execute("UPDATE inactivity.decisions SET spared_micro = 1 WHERE person IS NOT NULL");
        Assert.Equal(["I21"], await BrokenNames(economy));
    }

    // Four weeks in a row, up to the settlement of the fourth.
    private static async Task<WeekId> Return(TestEconomy economy, params string[] ids)
    {
        var week = Week;
        for (var i = 0; ; i++, week = week.Next)
        {
            await Post(economy, ids);
            await economy.RunTo(week.End.AddHours(5));
            if (i == 3)
            {
                return week;
            }

            await economy.RunTo(week.End.AddHours(7));
        }
    }

    private static Task WithoutFunds(TestEconomy economy, Func<Task> act) => WithFunds(economy, Amount.Zero, act);

    private static async Task WithFunds(TestEconomy economy, Amount funds, Func<Task> act)
    {
        var held = await economy.FundBalance(Fund.Rewards);
        await economy.Execute(
            $"UPDATE ledger.accounts SET balance_micro = {funds.Micro} WHERE kind = 3 AND owner = {(int)Fund.Rewards}");
        await act();
        await economy.Execute(
            $"UPDATE ledger.accounts SET balance_micro = {held} WHERE kind = 3 AND owner = {(int)Fund.Rewards}");
    }

    private static Task<SpendingReply<AppealView>> Decide(
        TestEconomy economy, Guid appeal, bool isAccepted, string by = "olga", RequestKey? key = null) =>
        economy.Appeals().Decide(
            new(key ?? NewKey(), appeal, isAccepted, "for a test", by), CancellationToken.None);
}
