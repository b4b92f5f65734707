using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Spending;
using Stk.GrainInterfaces.Treasury;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Money;
using Stk.Rules.Spending;
using Stk.Rules.Treasury;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Treasury;

[Collection(EconomyCollection.Name)]
public sealed class TreasuryTests(EconomyServer server)
{
    [Fact]
    public async Task Spending_up_to_the_limit_is_paid_at_once_and_frozen_where_it_vests()
    {
        // Of its own: what others sign for the same person and fund counts too.
        await using var economy = await server.NewEconomy();
        await economy.Begin(TestEconomy.FirstWeek);
        await economy.Register("ts-ann");
        var team = await economy.FundBalance(Fund.Team);

        var paid = Done(await Spend(economy, Fund.Team, "ts-ann", Amount.OfStk(10_000), vestsDays: 90));

        Assert.Equal((FundSpendState.Paid, "operator", null), (paid.State, paid.AskedBy, paid.DecidedBy));
        Assert.Equal(team - 10_000_000_000, await economy.FundBalance(Fund.Team));
        Assert.Equal(Amount.OfStk(10_000), (await economy.Participant("ts-ann").GetBalanceAt(
            await economy.Ask<long>("SELECT sequence FROM ledger.head"), CancellationToken.None)).Frozen);
        Assert.Equal(
            [$"{paid.AskedAt.AddDays(90):yyyy-MM-dd}"],
            await economy.Rows($"SELECT unlocks_on::text FROM spending.fund_grants WHERE transaction_id = '{paid.Transaction}'"));
        Assert.Null(await economy.Verify());
    }

    [Fact]
    public async Task A_copy_of_what_waited_too_long_is_answered_as_the_first_was()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await economy.Begin(TestEconomy.FirstWeek);
        await economy.Register("te-ann");
        var key = NewKey();
        var waiting = Done(await Spend(economy, Fund.Team, "te-ann", Amount.OfStk(10_001), key: key));

        await economy.RunTo(waiting.AskedAt.AddDays(14));

        // Whoever moved the clock is an operator, too.
        Assert.Equal(
            new SpendingReply<FundSpendView>.Done(waiting with { IsAlone = false }, IsReplay: true),
            await Spend(economy, Fund.Team, "te-ann", Amount.OfStk(10_001), key: key));
        Assert.Equal(
            FundSpendState.Expired,
            Assert.Single((await economy.Treasury().GetSpends(new(null, 100), false, CancellationToken.None)).Spends).State);
    }

    [Fact]
    public async Task Spending_above_the_limit_waits_for_another_operator_than_the_first()
    {
        var economy = await server.Shared();
        await economy.Register("tw-ann");
        var (askKey, approveKey) = (NewKey(), NewKey());
        var waiting = Done(await Spend(economy, Fund.Startup, "tw-ann", new(10_000_000_001), key: askKey));
        Assert.Equal((FundSpendState.Waiting, null), (waiting.State, waiting.Transaction));
        Assert.Equal(Amount.Zero, await economy.Available("tw-ann"));
        Assert.Contains(
            (await economy.Treasury().GetSpends(new(null, 100), isWaitingOnly: true, CancellationToken.None)).Spends,
            spend => spend.Id == waiting.Id);

        Assert.Equal(SpendingRefusal.NeedsSecondApproval, Refused(await Decide(economy, waiting, "operator")));
        Assert.Equal(SpendingRefusal.NeedsSecondApproval, Refused(await Decide(economy, waiting, "operator", isApproved: false)));
        var paid = Done(await Decide(economy, waiting, "second", key: approveKey));

        Assert.Equal((FundSpendState.Paid, "second"), (paid.State, paid.DecidedBy));
        Assert.Equal(new Amount(10_000_000_001), await economy.Available("tw-ann"));
        Assert.Equal(
            new SpendingReply<FundSpendView>.Done(paid, IsReplay: true),
            await Decide(economy, waiting, "second", key: approveKey));
        Assert.Equal(
            new SpendingReply<FundSpendView>.Done(waiting, IsReplay: true),
            await Spend(economy, Fund.Startup, "tw-ann", new(10_000_000_001), key: askKey));
        Assert.Equal(SpendingRefusal.AlreadyDecided, Refused(await Decide(economy, waiting, "third", isApproved: false)));
        Assert.Equal(
            ["fund.approve second", "fund.spend operator"],
            await economy.Rows("""
                SELECT action, by FROM audit.entries JOIN audit.texts USING (sequence) WHERE subject = 'tw-ann' AND action LIKE 'fund.%'
                ORDER BY action
                """));
        Assert.Null(await economy.Verify());
    }

    [Fact]
    public async Task What_one_signature_has_paid_is_decided_already()
    {
        var economy = await server.Shared();
        await economy.Register("to-ann");
        var paid = Done(await Spend(economy, Fund.Startup, "to-ann", Amount.OfStk(1)));
        var key = NewKey();

        Assert.Equal(SpendingRefusal.AlreadyDecided, Refused(await Decide(economy, paid, "second", key: key)));
        Assert.Equal(
            new SpendingReply<FundSpendView>.Refused(SpendingRefusal.AlreadyDecided, IsReplay: true),
            await Decide(economy, paid, "second", key: key));
    }

    [Fact]
    public async Task Twenty_decisions_at_once_pay_once()
    {
        var economy = await server.Shared();
        await economy.Register("tt-ann");
        var waiting = Done(await Spend(economy, Fund.Startup, "tt-ann", Amount.OfStk(10_001)));

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Decide(economy, waiting, $"second-{i}", isApproved: i % 2 == 0)));

        Assert.Single(replies, reply => reply is SpendingReply<FundSpendView>.Done);
        Assert.Equal(
            19,
            replies.Count(
                reply => reply is SpendingReply<FundSpendView>.Refused { Reason: SpendingRefusal.AlreadyDecided }));
        Assert.Equal(
            Done(replies.Single(reply => reply is SpendingReply<FundSpendView>.Done)).State == FundSpendState.Paid
                ? Amount.OfStk(10_001)
                : Amount.Zero,
            await economy.Available("tt-ann"));
    }

    [Fact]
    public async Task What_a_fund_is_not_spent_for_is_refused_and_a_refused_approval_can_be_given_again()
    {
        await using var economy = await server.NewEconomy();
        await economy.Begin(TestEconomy.FirstWeek);
        await economy.Register("tf-ann");
        Assert.Equal(SpendingRefusal.FundNotSpendable, Refused(await Spend(economy, Fund.Rewards, "tf-ann", Amount.OfStk(1))));
        Assert.Equal(SpendingRefusal.UnknownParticipant, Refused(await Spend(economy, Fund.Team, "tf-nobody", Amount.OfStk(1))));
        Assert.Equal(
            SpendingRefusal.UnknownSpending,
            Refused(await economy.Treasury().Decide(new(NewKey(), Guid.NewGuid(), true, "?", "second"), CancellationToken.None)));

        // The fund has a day's emission; by tomorrow it has two.
        var today = await economy.FundBalance(Fund.Liquidity);
        var waiting = Done(await Spend(economy, Fund.Liquidity, "tf-ann", new(today + 1)));
        var key = NewKey();
        Assert.Equal(SpendingRefusal.InsufficientFunds, Refused(await Decide(economy, waiting, "second", key: key)));
        await economy.RunTo(TestEconomy.FirstWeek.Start.AddDays(1));
        Assert.Equal(
            new SpendingReply<FundSpendView>.Refused(SpendingRefusal.InsufficientFunds, IsReplay: true),
            await Decide(economy, waiting, "second", key: key));
        Assert.Equal(FundSpendState.Paid, Done(await Decide(economy, waiting, "second")).State);
        Assert.Null(await economy.Verify());
    }

    private static Task<SpendingReply<FundSpendView>> Spend(
        TestEconomy economy, Fund fund, string to, Amount amount, int vestsDays = 0, RequestKey? key = null) =>
        economy.Treasury().Spend(
            new(key ?? NewKey(), fund, to, amount, FundSpendKind.Project, "a project", vestsDays, "operator"),
            CancellationToken.None);

    private static Task<SpendingReply<FundSpendView>> Decide(
        TestEconomy economy, FundSpendView spend, string by, bool isApproved = true, RequestKey? key = null) =>
        economy.Treasury().Decide(new(key ?? NewKey(), spend.Id, isApproved, "looked at", by), CancellationToken.None);
}
