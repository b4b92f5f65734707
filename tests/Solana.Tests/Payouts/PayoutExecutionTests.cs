using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Payouts;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;
using Stk.Solana.Tests.Chain;
using Stk.Solana.Vaults;

namespace Stk.Solana.Tests.Payouts;

/// <summary>Plans, run by the real programs.</summary>
public class PayoutExecutionTests : ChainTest
{
    [Fact]
    public async Task A_plan_lands_whole_within_its_compute_limit()
    {
        using var mint = Account.FromSeed(TestKeys.Seed(3));
        var addresses = VaultAddresses.Of(mint.PublicKey, Payer.PublicKey, Other.PublicKey, Payer.PublicKey);
        var rent = (await Alpha.GetMinimumBalanceForRentExemption(MintAccount.Size, default)).Required();
        (await Send(Alpha, (await Builder())
            .AddInstructions(VaultSetup.Missing(addresses, isMintThere: false, rent))
            .AddInstruction(TokenProgram.MintTo(mint.PublicKey, addresses.FloatTokens, 1_000_000_000_000, Payer.PublicKey))
            .Build(Payer, mint))).Required();

        // 60 new wallets, then the same and 40 more: every kind of transaction.
        var terms = new PayoutTerms(Payer.PublicKey, addresses.FloatTokens, mint.PublicKey, 6, 1_000);
        await Pay(PayoutPlannerTests.List([.. Enumerable.Repeat(true, 60)]), terms);
        var second = PayoutPlannerTests.List([.. Enumerable.Repeat(false, 60), .. Enumerable.Repeat(true, 40)]);
        await Pay(second, terms);

        foreach (var (place, payout) in second.Index())
        {
            var account = AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(payout.Wallet, mint.PublicKey);
            var balance = (await Alpha.GetTokenAccountBalance(account, ReadAt.Processed, default)).Required();
            Assert.Equal(payout.AmountMicro * (place < 60 ? 2UL : 1UL), balance.Amount);
        }
    }

    private async Task Pay(Payout[] payouts, PayoutTerms terms)
    {
        var latest = (await Alpha.GetLatestBlockHash(ReadAt.Processed, default)).Required();
        var (sent, place) = (new List<(PayoutBatch Batch, Transaction Transaction, PublicKey Reference)>(), 0);
        foreach (var batch in PayoutPlanner.Plan(payouts, terms))
        {
            var reference = BatchReference.Of(new Guid(payouts.Length, (short)place++, 0, new byte[8]));
            var transaction = Transaction.Sign(batch.ToMessage(terms, reference, latest.Blockhash), Payer);
            (await Send(Alpha, transaction)).Required();
            sent.Add((batch, transaction, reference));
        }

        await Finalize();
        foreach (var (batch, transaction, reference) in sent)
        {
            var landed = (await Alpha.GetTransaction(transaction.Id, Commitment.Finalized, default)).Required()!;
            Assert.Null(landed.Failure);
            Assert.InRange(landed.ComputeUnits!.Value, 1UL, batch.UnitLimit);
            var found = (await Alpha.GetSignaturesForAddress(reference, ReadAt.Finalized, 10, null, null, default))
                .Required();
            Assert.Equal([transaction.Id], found.Select(info => info.Signature));
        }
    }
}
