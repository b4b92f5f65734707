using System.Net;
using Stk.ApiHost.Tests.Hosting;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Money;
using Stk.Rules.Spending;

namespace Stk.ApiHost.Tests.Transfers;

[Collection(ApiCollection.Name)]
public sealed class TransferTests(ApiFixture fixture)
{
    private ApiHostUnderTest Host => fixture.Host;

    [Fact]
    public async Task A_transfer_answers_what_was_done_and_the_commit_that_did_it()
    {
        var answer = await Send("pay-ann", """{"to":"bob","amount":"12.50","note":"for the lunch"}""", "lunch");

        var asked = Assert.IsType<TransferRequest>(Assert.Single(Host.Cluster.Spender("pay-ann").Asked));
        Assert.Equal(("bob", new Amount(12_500_000), "for the lunch"), (asked.To, asked.Amount, asked.Note));
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal("42", answer.Headers["Stk-Sequence"]);
        Assert.Equal(
            $$"""{"id":"{{asked.Key.Id}}","sequence":42,"at":"2025-12-22T08:00:00+00:00","to":"bob","amount":"12.5","fee":"0.00001","note":"for the lunch"}""",
            answer.Text);
    }

    [Theory]
    [InlineData("pay-bea", "self-transfer", 422)]
    [InlineData("unknown-zed", "unknown-participant", 404)]
    public async Task A_receiver_who_cannot_be_paid_is_refused(string to, string slug, int status) =>
        Assert.Empty((await Send("pay-bea", $$"""{"to":"{{to}}","amount":"1"}""", to)).Problem(status, slug));

    [Theory]
    [InlineData(SpendingRefusal.InsufficientFunds, 422, "insufficient-funds")]
    [InlineData(SpendingRefusal.SelfTransfer, 422, "self-transfer")]
    [InlineData(SpendingRefusal.UnknownParticipant, 404, "unknown-participant")]
    [InlineData(SpendingRefusal.AboveTransferLimit, 422, "limit-exceeded")]
    [InlineData(SpendingRefusal.AboveDayLimit, 422, "limit-exceeded")]
    [InlineData(SpendingRefusal.UnknownService, 404, "unknown-service")]
    [InlineData(SpendingRefusal.ServiceWithdrawn, 410, "service-withdrawn")]
    [InlineData(SpendingRefusal.PriceChanged, 412, "price-changed")]
    [InlineData(SpendingRefusal.RecipientUnresolved, 422, "recipient-unresolved")]
    [InlineData(SpendingRefusal.RecipientIsBuyer, 422, "recipient-unresolved")]
    [InlineData(SpendingRefusal.UnknownPurchase, 404, "unknown-purchase")]
    [InlineData(SpendingRefusal.AlreadyRefunded, 409, "already-refunded")]
    [InlineData(SpendingRefusal.RefundTooLate, 409, "refund-too-late")]
    [InlineData(SpendingRefusal.RecipientHasSpent, 409, "recipient-has-spent")]
    [InlineData(SpendingRefusal.FundNotSpendable, 422, "fund-not-spendable")]
    [InlineData(SpendingRefusal.NeedsSecondApproval, 403, "needs-second-approval")]
    [InlineData(SpendingRefusal.UnknownSpending, 404, "unknown-spending")]
    [InlineData(SpendingRefusal.UnknownAppeal, 404, "unknown-appeal")]
    [InlineData(SpendingRefusal.AlreadyDecided, 409, "already-decided")]
    [InlineData(SpendingRefusal.NoEntitlement, 409, "no-entitlement")]
    [InlineData(SpendingRefusal.BalanceTooLarge, 422, "balance-too-large")]
    [InlineData(SpendingRefusal.OperatorUnknown, 403, "operator-unknown")]
    [InlineData(SpendingRefusal.OwnAffair, 403, "own-affair")]
    [InlineData(SpendingRefusal.UnknownApproval, 404, "unknown-approval")]
    [InlineData(SpendingRefusal.ApprovalExpired, 409, "already-decided")]
    [InlineData(SpendingRefusal.ActOutdated, 412, "act-outdated")]
    [InlineData(SpendingRefusal.ActNotPossible, 409, "act-not-possible")]
    [InlineData(SpendingRefusal.ParticipantSuspended, 422, "participant-suspended")]
    [InlineData(SpendingRefusal.WeekNotSettled, 409, "week-not-settled")]
    [InlineData(SpendingRefusal.NotRenewable, 409, "not-renewable")]
    [InlineData(SpendingRefusal.UnknownEntitlement, 404, "unknown-entitlement")]
    [InlineData(SpendingRefusal.NoWallet, 422, "no-wallet")]
    [InlineData(SpendingRefusal.BelowMinimum, 422, "below-minimum")]
    [InlineData(SpendingRefusal.WalletWaiting, 409, "wallet-waiting")]
    [InlineData(SpendingRefusal.SettlementPaused, 503, "settlement-paused")]
    [InlineData(SpendingRefusal.PayoutUnderWay, 409, "payout-under-way")]
    [InlineData(SpendingRefusal.UnknownPayout, 404, "unknown-payout")]
    [InlineData(SpendingRefusal.SettlementOff, 503, "unavailable")]
    [InlineData(SpendingRefusal.LoginNotFresh, 403, "fresh-login-needed")]
    [InlineData(SpendingRefusal.EvidenceContradicts, 409, "evidence-contradicts")]
    [InlineData(SpendingRefusal.ChainSilent, 503, "unavailable")]
    [InlineData(SpendingRefusal.UnknownSource, 404, "unknown-source")]
    [InlineData(SpendingRefusal.UnknownVoid, 404, "unknown-void")]
    [InlineData(SpendingRefusal.MintBeyondIssued, 422, "mint-beyond-issued")]
    [InlineData(SpendingRefusal.FloatFull, 422, "float-full")]
    [InlineData(SpendingRefusal.BurnBeyondBurned, 422, "burn-beyond-burned")]
    [InlineData(SpendingRefusal.UnknownDeposit, 404, "unknown-deposit")]
    [InlineData(SpendingRefusal.NoSender, 422, "no-sender")]
    [InlineData(SpendingRefusal.UnknownDifference, 404, "unknown-difference")]
    public async Task Every_refusal_has_its_problem(SpendingRefusal refusal, int status, string slug)
    {
        var payer = $"pay-{refusal}";
        Host.Cluster.Spender(payer).RefusesWith = refusal;

        (await Send(payer, """{"to":"bob","amount":"1"}""", slug)).Problem(status, slug);
    }

    [Fact]
    public void No_refusal_is_left_without_a_row() => Assert.Equal(
        Enum.GetValues<SpendingRefusal>(),
        typeof(TransferTests).GetMethod(nameof(Every_refusal_has_its_problem))!
            .GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>()
            .Select(row => (SpendingRefusal)row.GetData(null!).Single()[0]).Order());

    [Fact]
    public async Task A_write_without_any_answer_has_an_unknown_outcome_and_the_same_key_resolves_it()
    {
        await using var host = await ApiHostUnderTest.Start("--Stk:Cluster:Deadline=00:00:00.100");
        var token = host.Keys.Token("participant", "lost");
        for (var i = 0; i < 100; i++)
        {
            host.Cluster.Spender("lost").Answers.Deaths.Enqueue(new TimeoutException());
        }

        const string Body = """{"to":"bob","amount":"1"}""";
        var lost = await host.Write("POST", "/transfer", token, Body, ("Idempotency-Key", "k"));
        host.Cluster.Spender("lost").Answers.Deaths.Clear();
        // The host's patience is short for this answer too.
        var found = await Eventually.Get(
            () => host.Write("POST", "/transfer", token, Body, ("Idempotency-Key", "k")),
            answer => answer.Status == HttpStatusCode.Created, "the same key is answered");

        lost.Problem(503, "outcome-unknown");
        Assert.Equal("true", found.Headers["Idempotency-Replayed"]);
    }

    private Task<Answer> Send(string sender, string body, string key) =>
        Host.Write("POST", "/transfer", Host.Keys.Token("participant", sender), body, ("Idempotency-Key", key));
}
