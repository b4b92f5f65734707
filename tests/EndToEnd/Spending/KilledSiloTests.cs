using Stk.Client.Balances;
using Stk.Rules.Money;

namespace Stk.EndToEnd.Spending;

public sealed class KilledSiloTests
{
    [Fact]
    public async Task A_silo_that_dies_between_commit_and_answer_leaves_one_transfer_to_the_retry_with_its_key()
    {
        await using var economy = await Economy.Up();
        await economy.Live(SpendingEconomy.Earned("ann", "bob"));
        using var ann = await economy.Typed("participant", "ann");
        var before = (await ann.Balances.Get()).Available;
        // Nothing is due at this clock: the next commit of the ledger is the transfer's.
        await economy.Kill("silo-1");
        (await economy.UpWithFaults("ledger.after-commit:kill:1")).Done();
        var key = Guid.NewGuid().ToString();

        var transfer = ann.Spending.Transfer("bob", Amount.OfStk(5), "once", key);
        await Eventually.True(() => !economy.LivingHosts().Contains("silo-1"), "the silo has died after its commit");
        (await economy.Stk("up")).Done();
        var answered = await transfer;

        Assert.Equal(answered, await ann.Spending.Transfer("bob", Amount.OfStk(5), "once", key));
        Assert.Equal(before - Amount.OfStk(5), (await ann.Balances.Get()).Available);
        var sent = Assert.Single(await ann.Balances.History(new HistoryFilter(Kind: "transfer")).ToListAsync());
        Assert.Equal(answered.Id, sent.TransactionId);
        (await economy.Stk("verify")).Done();
    }
}
