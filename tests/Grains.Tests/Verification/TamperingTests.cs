using Stk.Grains.Tests.Economies;
using Stk.Rules.Money;
using Stk.Verification;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Verification;

[Collection(OwnEconomiesCollection.Name)]
public sealed class TamperingTests(EconomyServer server)
{
    private static readonly (string Table, string Sql, string Back)[] Cases =
    [
        ("spending.requests", "UPDATE spending.requests SET fingerprint = sha256('x') WHERE transaction_id = $t", "UPDATE spending.requests SET fingerprint = sha256('') WHERE transaction_id = $t"),
        ("spending.transfers", "UPDATE spending.transfers SET amount_micro = amount_micro + 1 WHERE id = $t", "UPDATE spending.transfers SET amount_micro = amount_micro - 1 WHERE id = $t"),
        ("spending.transfers", "UPDATE spending.transfers SET day = day - 1 WHERE id = $t", "UPDATE spending.transfers SET day = day + 1 WHERE id = $t"),
        ("spending.purchases", "UPDATE spending.purchases SET version = version + 1 WHERE id = $p", "UPDATE spending.purchases SET version = version - 1 WHERE id = $p"),
        ("spending.purchases", "UPDATE spending.purchases SET at = at - interval '1 day' WHERE id = $p", "UPDATE spending.purchases SET at = at + interval '1 day' WHERE id = $p"),
        ("spending.purchase_parts", "UPDATE spending.purchase_parts SET recipient = recipient + 1 WHERE purchase = $p", "UPDATE spending.purchase_parts SET recipient = recipient - 1 WHERE purchase = $p"),
        ("spending.purchase_parts", "UPDATE spending.purchase_parts SET place = place + 1 WHERE purchase = $p AND place = 1", "UPDATE spending.purchase_parts SET place = place - 1 WHERE purchase = $p AND place = 2"),
        ("spending.entitlements", "UPDATE spending.entitlements SET ends_at = ends_at + interval '1 day' WHERE id = $p", "UPDATE spending.entitlements SET ends_at = ends_at - interval '1 day' WHERE id = $p"),
        ("spending.entitlements", "UPDATE spending.entitlements SET ended_at = begins_at WHERE id = $p", "UPDATE spending.entitlements SET ended_at = NULL WHERE id = $p"),
        ("spending.entitlements", "UPDATE spending.entitlements SET ended_at = NULL WHERE id = $r", "UPDATE spending.entitlements e SET ended_at = f.at FROM spending.refunds f WHERE e.id = $r AND f.purchase = $r"),
        ("spending.refunds", "UPDATE spending.refunds SET at = at - interval '1 day' WHERE purchase = $r", "UPDATE spending.refunds SET at = at + interval '1 day' WHERE purchase = $r"),
        ("spending.fund_spends", "UPDATE spending.fund_spends SET kind = 2 WHERE id = $f", "UPDATE spending.fund_spends SET kind = 1 WHERE id = $f"),
        ("spending.fund_grants", "UPDATE spending.fund_grants SET unlocks_on = unlocks_on - 1 WHERE transaction_id = $f", "UPDATE spending.fund_grants SET unlocks_on = unlocks_on + 1 WHERE transaction_id = $f"),
        ("approvals.signatures", "UPDATE approvals.signatures SET person = 'x' WHERE transaction_id = $f", "UPDATE approvals.signatures SET person = 'operator' WHERE transaction_id = $f"),
        ("approvals.signatures", "UPDATE approvals.signatures SET receiver = receiver + 1 WHERE transaction_id = $f", "UPDATE approvals.signatures SET receiver = receiver - 1 WHERE transaction_id = $f"),
        ("approvals.signatures", "UPDATE approvals.signatures SET fund = NULL WHERE transaction_id = $f", "UPDATE approvals.signatures SET fund = 4 WHERE transaction_id = $f"),
        ("approvals.signatures", "UPDATE approvals.signatures SET amount_micro = 1 WHERE transaction_id = $f", "UPDATE approvals.signatures SET amount_micro = 5000000 WHERE transaction_id = $f"),
        ("approvals.signatures", "UPDATE approvals.signatures SET at = at - interval '8 days' WHERE transaction_id = $f", "UPDATE approvals.signatures SET at = at + interval '8 days' WHERE transaction_id = $f"),
        ("approvals.decisions", "UPDATE approvals.decisions SET by = 'x' WHERE request = $a", "UPDATE approvals.decisions SET by = 'second' WHERE request = $a"),
        ("approvals.decisions", "UPDATE approvals.decisions SET person = 'x' WHERE request = $a", "UPDATE approvals.decisions SET person = 'second' WHERE request = $a"),
        ("approvals.decisions", "UPDATE approvals.decisions SET at = at - interval '1 day' WHERE request = $a", "UPDATE approvals.decisions SET at = at + interval '1 day' WHERE request = $a"),
        ("approvals.decisions", "UPDATE approvals.requests SET person = 'x' WHERE id = $a", "UPDATE approvals.requests SET person = 'operator' WHERE id = $a"),
        ("approvals.requests", "UPDATE approvals.requests SET asked_by = 'x' WHERE id = $a", "UPDATE approvals.requests SET asked_by = 'operator' WHERE id = $a"),
        ("approvals.requests", "UPDATE approvals.requests SET act = '{}' WHERE id = $o", "UPDATE approvals.requests SET act = (texts.after::jsonb ->> 'act')::json FROM audit.texts WHERE id = $o AND texts.after::jsonb ->> 'approval' = $o AND texts.after::jsonb -> 'act' IS NOT NULL"),
        ("operators.register", "UPDATE operators.register SET person = 'x' WHERE subject = 'ta-oleg'", "UPDATE operators.register SET person = 'Oleg' WHERE subject = 'ta-oleg'"),
        ("operators.register", "UPDATE operators.register SET participant = 'x' WHERE subject = 'operator'", "UPDATE operators.register SET participant = NULL WHERE subject = 'operator'"),
        ("operators.register", "UPDATE operators.register SET until = since + interval '1 day' WHERE subject = 'operator'", "UPDATE operators.register SET until = NULL WHERE subject = 'operator'"),
        ("approvals.requests", "UPDATE approvals.requests SET gains_participants = '{}' WHERE id = $a", "UPDATE approvals.requests SET gains_participants = '{ta-mia}' WHERE id = $a"),
        ("approvals.requests", "UPDATE approvals.requests SET person = 'x' WHERE id = $o", "UPDATE approvals.requests SET person = 'operator' WHERE id = $o"),
        ("approvals.requests", "UPDATE approvals.requests SET expires_at = expires_at + interval '1 day' WHERE id = $o", "UPDATE approvals.requests SET expires_at = expires_at - interval '1 day' WHERE id = $o"),
        ("approvals.decisions", "UPDATE approvals.decisions SET by = 'x' WHERE request = $o", "UPDATE approvals.decisions SET by = 'second' WHERE request = $o"),
        ("approvals.decisions", "UPDATE approvals.decisions SET person = 'x' WHERE request = $o", "UPDATE approvals.decisions SET person = 'second' WHERE request = $o"),
        ("approvals.decisions", "UPDATE approvals.decisions SET reason = 'x' WHERE request = $o", "UPDATE approvals.decisions SET reason = 'looked at' WHERE request = $o"),
        ("approvals.decisions", "UPDATE approvals.decisions SET person = 'x' WHERE request = $n", "UPDATE approvals.decisions SET person = 'second' WHERE request = $n"),
        ("approvals.decisions", "UPDATE approvals.decisions SET reason = 'x' WHERE request = $n", "UPDATE approvals.decisions SET reason = 'looked at' WHERE request = $n"),
        ("operators.register", "UPDATE operators.register SET by = 'x' WHERE subject = 'operator'", "UPDATE operators.register SET by = 'operator' WHERE subject = 'operator'"),
        ("spending.entitlements", "UPDATE spending.entitlements SET used = used + 1 WHERE id = $s", "UPDATE spending.entitlements SET used = used - 1 WHERE id = $s"),
    ];

    [Fact]
    public async Task Each_altered_effect_is_named_and_nothing_is_while_all_are_as_they_were_posted()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await economy.Begin(TestEconomy.FirstWeek);
        await economy.Fund("ta-ann", Amount.OfStk(100));
        await economy.Register("ta-mia");
        await economy.Offer("ta_agent", Amount.OfStk(3), new(null, 1, null), ("mentor", 5_000), ("treasury", 5_000));
        await economy.Offer("ta_session", Amount.OfStk(3), new(null, null, 2), ("mentor", 10_000));
        (string, string) mia = ("mentor", "ta-mia");
        var transfer = Done(await economy.Transfer("ta-ann", "ta-mia", Amount.OfStk(1), "note")).Id;
        var purchase = Done(await economy.Buy("ta-ann", "ta_agent", recipients: mia)).Id;
        var refunded = Done(await economy.Buy("ta-ann", "ta_agent", recipients: mia)).Id;
        var session = Done(await economy.Buy("ta-ann", "ta_session", recipients: mia)).Id;
        Done(await economy.Entitled("ta-ann").UseEntitlement(new("ta_session", Guid.NewGuid(), "club"), CancellationToken.None));
        Done(await economy.Spender("ta-ann").Refund(new(NewKey(), refunded, "?", "operator"), CancellationToken.None));
        var granted = Done(await economy.Treasury().Spend(
            new(NewKey(), Rules.Money.Fund.Team, "ta-mia", Amount.OfStk(5), Rules.Treasury.FundSpendKind.Grant, "?", 30, "operator"),
            CancellationToken.None)).Id;
        var approved = Done(await economy.Treasury().Spend(
            new(NewKey(), Rules.Money.Fund.Team, "ta-mia", Amount.OfStk(10_000), Rules.Treasury.FundSpendKind.Grant, "?", 0, "operator"),
            CancellationToken.None)).Id;
        Done(await economy.Decide(approved));
        var added = await economy.Approve(Done(await economy.Operators().Add(
            new(NewKey(), "ta-oleg", null, "operator", "Oleg", null, null, null, "on duty", "operator"), CancellationToken.None)));
        var rejected = Done(await economy.Decide(Done(await economy.Operators().End(
            new(NewKey(), "ta-oleg", null, "operator", "?", "operator"), CancellationToken.None)).Id, isApproved: false));
        Assert.Empty(await Broken(economy));

        foreach (var (table, sql, back) in Cases)
        {
            await economy.Execute(With(sql));
            Assert.Contains(await Broken(economy), named => named.Contains(table, StringComparison.Ordinal));
            await economy.Execute(With(back));
            Assert.Empty(await Broken(economy));
        }

        // A whole row of what was posted, and one of what was not.
        await economy.Execute($"DELETE FROM spending.transfers WHERE id = '{transfer}'");
        Assert.NotEmpty(await Broken(economy));

        string With(string text) => text
            .Replace("$t", $"'{transfer}'", StringComparison.Ordinal).Replace("$p", $"'{purchase}'", StringComparison.Ordinal)
            .Replace("$r", $"'{refunded}'", StringComparison.Ordinal).Replace("$s", $"'{session}'", StringComparison.Ordinal)
            .Replace("$f", $"'{granted}'", StringComparison.Ordinal)
            .Replace("$a", $"'{approved}'", StringComparison.Ordinal)
            .Replace("$n", $"'{rejected.Id}'", StringComparison.Ordinal)
            .Replace("$o", $"'{added.Id}'", StringComparison.Ordinal);
    }

    private static async Task<List<string>> Broken(TestEconomy economy) =>
        [
            .. (await new InvariantsCheck(economy.Database, keys: TestEconomy.Keys).Run().ToListAsync())
                .SelectMany(finding => finding.Violations).Select(violation => violation.Table),
        ];
}
