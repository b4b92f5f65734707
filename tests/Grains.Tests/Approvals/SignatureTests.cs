using Stk.GrainInterfaces.Spending;
using Stk.GrainInterfaces.Treasury;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Approvals;
using Stk.Rules.Money;
using Stk.Rules.Spending;
using Stk.Rules.Treasury;
using Stk.Verification;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Approvals;

/// <summary>What one signature may give: of what acts come to, whoever splits them.</summary>
[Collection(EconomyCollection.Name)]
public sealed class SignatureTests(EconomyServer server)
{
    [Fact]
    public async Task Thirty_spendings_of_a_third_of_the_limit_are_three_on_one_signature_and_more_a_week_later()
    {
        await using var economy = await server.NewEconomy();
        await economy.Begin(TestEconomy.FirstWeek);
        await economy.Register("si-pavel");
        var third = new Amount(3_333_000_000);

        var replies = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Spend(economy, "olga", "si-pavel", third)));

        Assert.Equal(3, replies.Count(reply => reply.State == FundSpendState.Paid));
        Assert.Equal(27, replies.Count(reply => reply.State == FundSpendState.Waiting));
        Assert.Equal(new Amount(3 * third.Micro), await economy.Available("si-pavel"));

        // The window slides: the very instant a week later nothing of it counts, and a moment before all does.
        var asked = replies.Max(reply => reply.AskedAt);
        await economy.RunTo(asked.AddDays(7).AddMicroseconds(-1));
        Assert.Equal(FundSpendState.Waiting, (await Spend(economy, "olga", "si-pavel", third)).State);
        await economy.RunTo(asked.AddDays(7));
        Assert.Equal(FundSpendState.Paid, (await Spend(economy, "olga", "si-pavel", third)).State);
        Assert.Empty(await Broken(economy));
    }

    [Fact]
    public async Task The_receiver_and_the_fund_count_whoever_signs_and_each_act_that_gives_counts()
    {
        await using var economy = await server.NewEconomy();
        await economy.Begin(TestEconomy.FirstWeek);
        foreach (var id in new[] { "sj-ann", "sj-bob", "sj-mia" })
        {
            await economy.Register(id);
        }

        // To one receiver by two persons.
        Assert.Equal(FundSpendState.Paid, (await Spend(economy, "olga", "sj-ann", Amount.OfStk(6_000), Fund.Team)).State);
        Assert.Equal(FundSpendState.Waiting, (await Spend(economy, "oleg", "sj-ann", Amount.OfStk(6_000), Fund.Startup)).State);

        // Of one fund by two persons to two receivers.
        Assert.Equal(FundSpendState.Waiting, (await Spend(economy, "oleg", "sj-bob", Amount.OfStk(6_000), Fund.Team)).State);

        // A refund gives its buyer STK too, and on one signature waits above what is left.
        await economy.Fund("sj-cat", Amount.OfStk(9_000));
        await economy.Offer("sj_dear", Amount.OfStk(9_000), new(null, 1, null), ("mentor", 10_000));
        var bought = Done(await economy.Buy("sj-cat", "sj_dear", recipients: ("mentor", "sj-mia"))).Id;
        var cat = economy.Spender("sj-cat");
        var key = NewKey();
        var refund = new RefundRequest(key, bought, "was ill", "olga");

        var waiting = Done(await cat.Refund(refund, CancellationToken.None));

        Assert.Equal(("purchase.refund", ApprovalState.Waiting), (waiting.Waiting!.Kind, waiting.Waiting.State));
        Assert.Equal(
            new SpendingReply<RefundView>.Done(waiting, IsReplay: true), await cat.Refund(refund, CancellationToken.None));
        Assert.Equal(Amount.Zero, await economy.Available("sj-cat"));
        Assert.True((await economy.Entitled("sj-cat").CheckEntitlement("sj_dear")).IsActive);
        await economy.Approve(waiting.Waiting);
        Assert.Equal(Amount.OfStk(9_000), await economy.Available("sj-cat"));
        Assert.False((await economy.Entitled("sj-cat").CheckEntitlement("sj_dear")).IsActive);
        Assert.Empty(await Broken(economy));
    }

    [Fact]
    public async Task Nobody_pays_or_refunds_themselves_and_the_receiver_does_not_approve()
    {
        var economy = await server.Shared();
        await economy.Register("sk-pavel");
        await economy.Fund("sk-pavel", Amount.OfStk(5));
        await economy.Offer("sk_hour", Amount.OfStk(5), new(null, 1, null), ("treasury", 10_000));
        var bought = Done(await economy.Buy("sk-pavel", "sk_hour")).Id;

        Assert.Equal(SpendingRefusal.OwnAffair, Refused(await Ask(economy, "sk-pavel", "sk-pavel", Amount.OfStk(1))));
        Assert.Equal(
            SpendingRefusal.OwnAffair,
            Refused(await economy.Spender("sk-pavel").Refund(new(NewKey(), bought, "?", "sk-pavel"), CancellationToken.None)));
        var waiting = await Spend(economy, "olga", "sk-pavel", Amount.OfStk(10_001));
        Assert.Equal(SpendingRefusal.NeedsSecondApproval, Refused(await economy.Decide(waiting.Id, by: "sk-pavel")));
        Assert.Equal(
            SpendingRefusal.NeedsSecondApproval,
            Refused(await economy.Decide(waiting.Id, by: "sk-pavel", isApproved: false)));
        Assert.Equal(ApprovalState.Approved, Done(await economy.Decide(waiting.Id, by: "oleg")).State);
    }

    private static async Task<FundSpendView> Spend(
        TestEconomy economy, string by, string to, Amount amount, Fund fund = Fund.Treasury) =>
        Done(await Ask(economy, by, to, amount, fund));

    private static Task<SpendingReply<FundSpendView>> Ask(
        TestEconomy economy, string by, string to, Amount amount, Fund fund = Fund.Treasury) => economy.Treasury().Spend(
        new(NewKey(), fund, to, amount, FundSpendKind.Grant, "for a test", 0, by), CancellationToken.None);

    private static async Task<List<string>> Broken(TestEconomy economy) =>
        [
            .. (await new InvariantsCheck(economy.Database).Run().ToListAsync())
                .SelectMany(finding => finding.Violations).Select(violation => violation.ToString()),
        ];
}
