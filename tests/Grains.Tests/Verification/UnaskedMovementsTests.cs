using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Ledger.Signing;
using Stk.Rules.Causes;
using Stk.Rules.Money;
using Xunit;
using static Stk.Grains.Tests.Verification.CheckedCopy;

namespace Stk.Grains.Tests.Verification;

/// <summary>What moves value and nobody has asked for, or decided, is named, whoever has signed the commit.</summary>
[Collection(SettledWeeksCollection.Name)]
public sealed class UnaskedMovementsTests(SettledWeeks server)
{
    // I16 has three: what the journal's own hash of an effect would show is seen here from the postings.
    [Theory]
    [InlineData("spending.transfers", "UPDATE spending.transfers SET fee_micro = fee_micro + 1")]
    [InlineData("spending.transfers", "UPDATE spending.transfers SET amount_micro = amount_micro - 1")]
    [InlineData("spending.transfers", "UPDATE ledger.postings SET amount_micro = amount_micro + 1 FROM ledger.transactions held WHERE held.sequence = postings.sequence AND held.kind = 5")]
    [InlineData("spending.purchases", "UPDATE spending.purchases SET buyer = 2")]
    [InlineData("spending.purchases", "UPDATE spending.purchase_parts SET recipient = NULL")]
    [InlineData("spending.purchases", "DELETE FROM spending.purchases; DELETE FROM spending.purchase_parts")]
    [InlineData("spending.refunds", "DELETE FROM spending.refunds")]
    [InlineData("spending.refunds", "UPDATE spending.purchase_parts SET amount_micro = amount_micro + 1")]
    [InlineData("spending.fund_spends", "UPDATE spending.fund_spends SET amount_micro = amount_micro + 1 WHERE state = 2")]
    [InlineData("spending.fund_spends", "UPDATE spending.fund_spends SET fund = 3 WHERE state = 2")]
    [InlineData("spending.fund_spends", "UPDATE spending.fund_spends SET vests_days = 0")]
    [InlineData("spending.fund_grants", "UPDATE spending.fund_grants SET amount_micro = amount_micro + 1")]
    public async Task Spending_that_says_another_thing_than_its_postings_is_named(string table, string sql)
    {
        var database = await server.Copy();
        await SettledWeeks.Run(database, sql);

        var finding = Assert.Single(
            await Findings(database, Nothing),
            one => one.Invariant.Statement.StartsWith("Transfers, purchases", StringComparison.Ordinal));

        Assert.Contains(finding.Violations, violation => violation.Table == table);
    }

    // The approval paid, and the request that had asked is kept without a transaction and without a row of the desk.
    [Fact]
    public async Task A_spending_that_was_asked_for_and_paid_before_there_was_a_desk_is_in_order()
    {
        var database = await server.Copy();
        await SettledWeeks.Run(database, """
            INSERT INTO spending.requests (id, fingerprint, at) VALUES ('00000000-0000-4000-8000-000000000077', sha256('x'), now());
            UPDATE spending.fund_spends SET id = '00000000-0000-4000-8000-000000000077'
            WHERE id = (SELECT id FROM spending.fund_spends WHERE state = 2 ORDER BY id LIMIT 1)
            """);

        var findings = await Findings(database, Nothing);

        Assert.Empty(findings.Where(finding => finding.Invariant.Name == "I14").SelectMany(finding => finding.Violations));
    }

    // What the services' password can do: a commit by hand, every hash in order.
    [Fact]
    public async Task A_transfer_that_no_silo_has_signed_and_nobody_has_asked_for_is_named_by_both()
    {
        var database = await server.Copy();
        using var thief = ChainSigner.Create();
        await SettledWeeks.Post(database, Moved(TransactionKind.Transfer, ""), thief);

        var broken = await Broken(database, isHarness: false);

        Assert.Equal([("I16", "spending.transfers"), ("I19", "ledger.commits")], broken);
    }

    [Theory, InlineData("", false), InlineData("torture", false), InlineData("torture", true)]
    public async Task A_transfer_that_nobody_has_asked_for_is_named_though_a_silo_has_signed_it(
        string reference, bool isHarness)
    {
        var database = await server.Copy();
        await SettledWeeks.Post(database, Moved(TransactionKind.Transfer, reference));

        Assert.Equal([("I16", "spending.transfers")], await Broken(database, isHarness));
    }

    [Fact]
    public async Task What_a_harness_posts_is_taken_by_a_check_that_is_told_of_one_and_by_no_other()
    {
        var database = await server.Copy();
        await SettledWeeks.Post(database, Moved(TransactionKind.Harness, "torture"));

        Assert.Equal([("I20", "ledger.transactions")], await Broken(database, isHarness: false));
        Assert.Empty(await Broken(database, isHarness: true));
    }

    [Fact]
    public async Task A_redistribution_that_no_quarter_has_decided_is_named()
    {
        var database = await server.Copy();
        await SettledWeeks.Post(database, Moved(TransactionKind.Redistribution, ""));

        Assert.Equal([("I25", "ledger.transactions")], await Broken(database, isHarness: true));
    }

    [Fact]
    public async Task A_withdrawal_without_its_payout_is_named()
    {
        var database = await server.Copy();
        await SettledWeeks.Post(database, Moved(TransactionKind.Withdrawal, ""));

        Assert.Equal([("I16", "settlement.payouts")], await Broken(database, isHarness: true));
    }

    [Theory]
    [InlineData(TransactionKind.Burn)]
    [InlineData((TransactionKind)99)]
    public async Task A_kind_that_nothing_explains_is_named(TransactionKind kind)
    {
        var database = await server.Copy();
        await SettledWeeks.Post(database, Moved(kind, ""));

        Assert.Equal([("I20", "ledger.transactions")], await Broken(database, isHarness: true));
    }

    [Fact]
    public async Task An_emission_to_a_participant_is_named()
    {
        var database = await server.Copy();
        await SettledWeeks.Post(database, new(
            CauseId.Of("emission", "2025-12-16"), TransactionKind.Emission, "2025-12-16",
            [new(AccountId.Issuance, -Amount.OfStk(1)), new(AccountId.Available(1), Amount.OfStk(1))]));

        Assert.Contains(("I20", "ledger.transactions"), await Broken(database, isHarness: false));
    }

    private static Transaction Moved(TransactionKind kind, string reference) => new(
        CauseId.Of("nobody"), kind, reference,
        [new(AccountId.Available(1), -new Amount(1)), new(AccountId.Available(2), new Amount(1))]);
}
