using Stk.Grains.Tests.Deposits;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Money;
using Stk.Solana.Keys;
using Stk.Testing;
using Xunit;

namespace Stk.Grains.Tests.Verification;

/// <summary>The chain's transactions held against the ledger's, one by one and per person, over a real chain.</summary>
[Collection(EconomyCollection.Name)]
public sealed class ChainCheckTests(EconomyServer server)
{
    [Fact]
    public async Task What_is_on_chain_is_in_the_ledger_and_each_mismatch_is_named()
    {
        await using var chain = await ChainEconomy.Start(server, Amount.OfStk(500));
        using var wallet = Account.Create();
        var ann = await chain.Paid(wallet, Amount.OfStk(100));
        var sent = await chain.Send(wallet, [chain.Transfer(wallet, chain.Ours.VaultTokens, Amount.OfStk(10))]);
        await Eventually.True(
            async () => await chain.Economy.Ask<long>("SELECT count(*) FROM settlement.deposits") == 1, "it is credited");
        var number = await chain.Economy.NumberOf(ann);
        Assert.Empty(await chain.Mismatches());

        await chain.Economy.Execute("UPDATE settlement.deposits SET amount_micro = amount_micro + 1");
        Assert.Equal(
            [$"Transaction {sent} has brought {chain.Ours.VaultTokens} 10000000 micro-STK from others, and by the ledger 10000001."],
            await chain.Mismatches());
        await chain.Economy.Execute(
            "UPDATE settlement.deposits SET amount_micro = amount_micro - 1, participant = participant + 1");
        Assert.Equal(
            [
                $"Participant {number} has got 100000000 micro-STK and given back 0 by the chain, and by the ledger 100000000 and 10000000.",
                $"Participant {number + 1} has got 0 micro-STK and given back 10000000 by the chain, and by the ledger 0 and 0.",
            ],
            await chain.Mismatches());
        await chain.Economy.Execute("UPDATE settlement.deposits SET participant = participant - 1, signature = 'none'");
        Assert.Equal(
            [
                $"Transaction {sent} has brought {chain.Ours.VaultTokens} 10000000 micro-STK from others, and by the ledger 0.",
                "Transaction none is deposit ",
                $"Participant {number} has got 100000000 micro-STK and given back 0 by the chain, and by the ledger 100000000 and 10000000.",
            ],
            (await chain.Mismatches()).Select(one => one.StartsWith("Transaction none", StringComparison.Ordinal)
                ? one["Transaction none is deposit ".Length..].Length > 0 ? "Transaction none is deposit " : one
                : one));
        await chain.Economy.Execute($"UPDATE settlement.deposits SET signature = '{sent}'");
        await chain.Economy.Execute("""
            UPDATE settlement.acts SET plan = replace(plan::text, '"amountMicro":100000000', '"amountMicro":100000001')::json
            """);
        Assert.Equal(2, (await chain.Mismatches()).Count(one => one.Contains("of act", StringComparison.Ordinal)));

        // A node that leaves something out says nothing, and the other is taken.
        await chain.Economy.Execute("""
            UPDATE settlement.acts SET plan = replace(plan::text, '"amountMicro":100000001', '"amountMicro":100000000')::json
            """);
        await chain.Chain.Command(new
        {
            command = "lie",
            node = chain.Chain.Nodes[1].Name,
            addresses = new[] { $"{chain.Ours.VaultTokens}" },
        });
        await chain.Holds();
    }
}
