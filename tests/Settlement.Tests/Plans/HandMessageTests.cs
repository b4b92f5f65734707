using Stk.Settlement.Landings;
using Stk.Settlement.Plans;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Payouts;
using Stk.Solana.Programs;
using Stk.Solana.Vaults;

namespace Stk.Settlement.Tests.Plans;

/// <summary>What the holders of keys sign: exactly the act, for as long as the key's own nonce stands.</summary>
public sealed class HandMessageTests
{
    private static readonly PublicKey Signer = TestBatch.Address(70);
    private static readonly PublicKey VaultTokens = TestBatch.Address(71);

    private static readonly ActPlan[] Plans =
    [
        ActPlan.OfMint(Signer, TestBatch.Mint, VaultTokens, 5_000_000),
        ActPlan.OfRefill(Signer, TestBatch.Mint, VaultTokens, TestBatch.FloatTokens, 5_000_000),
        ActPlan.OfBurn(Signer, TestBatch.Mint, VaultTokens, 5_000_000),
        ActPlan.OfReturn(Signer, TestBatch.Mint, VaultTokens, TestBatch.Address(72), 5_000_000),
        ActPlan.OfMemo(Signer, TestBatch.Mint, "the vault's key is well"),
    ];

    [Fact]
    public void It_asks_for_its_plan_and_for_no_other()
    {
        foreach (var plan in Plans)
        {
            var content = MessageContent.Of(Of(plan), TestBatch.Mint);

            Assert.Equal([plan], Plans.Where(content.Is));
        }
    }

    [Fact]
    public void The_key_pays_its_fee_has_its_own_nonce_and_tokens_that_move_name_the_acts_reference()
    {
        foreach (var plan in Plans)
        {
            var message = Of(plan);
            var advance = message.Instructions[0];

            Assert.Equal((Signer, 1, TestBatch.Hash(7)), (message.FeePayer, message.SignerCount, message.Lifetime));
            Assert.Equal(SystemProgram.ProgramId, message.StaticKeys[advance.ProgramIndex]);
            Assert.Equal(HandNonce.Of(Signer), message.StaticKeys[advance.AccountIndexes[0]]);
            Assert.Equal(
                plan.Kind != ActKind.Memo, message.StaticKeys.Contains(BatchReference.Of(TestBatch.Id)));
            Assert.True(Transaction.SizeOf(message) <= Transaction.PacketSize);
        }
    }

    [Fact]
    public void Two_acts_of_one_plan_and_two_nonces_differ()
    {
        Assert.NotEqual(Of(Plans[0]).Serialize(), HandMessage.Of(Guid.Empty, Plans[0], TestBatch.Hash(7)).Serialize());
        Assert.NotEqual(Of(Plans[0]).Serialize(), HandMessage.Of(TestBatch.Id, Plans[0], TestBatch.Hash(8)).Serialize());
        Assert.NotEqual(HandNonce.Of(Signer), HandNonce.Of(VaultTokens));
    }

    [Fact]
    public void A_batch_of_payouts_is_signed_by_no_hand() =>
        Assert.Throws<ArgumentException>(() => Of(TestBatch.Plan));

    private static Message Of(ActPlan plan) => HandMessage.Of(TestBatch.Id, plan, TestBatch.Hash(7));
}
