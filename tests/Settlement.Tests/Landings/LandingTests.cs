using Stk.Settlement.Landings;
using Stk.Settlement.Plans;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;

namespace Stk.Settlement.Tests.Landings;

public class LandingTests
{
    private static readonly Transaction Ours = TestBatch.Signed(TestBatch.Hash(1));

    [Fact]
    public void Our_own_transaction_is_ours_and_moved_the_plan()
    {
        var landing = Landing.Read(TestBatch.Plan, Ours.Id, TestBatch.Landed(Ours, 5));

        Assert.Equal(new Landing(Ours.Id, 5, null, true, true, true), landing);
    }

    [Fact]
    public void Bytes_that_are_not_those_that_were_stored_are_none_of_ours()
    {
        var landed = TestBatch.Landed(Ours, 5);

        Assert.Equal(new Landing(Ours.Id, 5, null, true, true, true), Landing.ReadOwn(TestBatch.Plan, landed.Bytes, landed));
        Assert.Null(Landing.ReadOwn(TestBatch.Plan, [.. TestBatch.Signed(TestBatch.Hash(2)).Serialize()], landed));
    }

    [Fact]
    public void One_that_failed_is_ours_and_moved_nothing()
    {
        var failure = new TransactionError.InstructionFailed(2, "Custom", 1);

        var landing = Landing.Read(TestBatch.Plan, Ours.Id, TestBatch.Landed(Ours, 5, failure));

        Assert.Equal(new Landing(Ours.Id, 5, failure, true, true, false), landing);
    }

    [Fact]
    public void A_strangers_copy_of_our_instructions_is_not_ours()
    {
        var copy = TestBatch.OfAStranger(copiesThePlan: true);

        var landing = Landing.Read(TestBatch.Plan, copy.Id, TestBatch.Landed(copy, 5));

        Assert.True(landing is { AsksForThePlan: true, IsSignedByUs: false, IsOurs: false });
    }

    // A node that makes one up does not have our key.
    [Fact]
    public void A_transaction_with_a_signature_made_up_is_not_ours()
    {
        var forged = Ours with { Signatures = [TestBatch.Signature(5)] };

        var landing = Landing.Read(TestBatch.Plan, forged.Id, TestBatch.Landed(forged, 5));

        Assert.True(landing is { AsksForThePlan: true, IsSignedByUs: false });
    }

    [Fact]
    public void An_answer_about_another_transaction_or_noise_is_no_landing()
    {
        Assert.Null(Landing.Read(TestBatch.Plan, TestBatch.Signature(1), TestBatch.Landed(Ours, 5)));
        Assert.Null(Landing.Read(TestBatch.Plan, Ours.Id, TestBatch.Landed(Ours, 5) with { Bytes = [1, 2, 3] }));
    }

    [Fact]
    public void Changes_that_are_more_less_or_elsewhere_are_not_the_plans()
    {
        var moves = TestBatch.Plan.Moves;
        foreach (var other in (TokenMove[][])[
            [],
            [.. moves.Skip(1)],
            [.. moves, moves[0]],
            [moves[0] with { AmountMicro = moves[0].AmountMicro + 1 }, .. moves.Skip(1)],
            [moves[0] with { To = moves[1].To }, .. moves.Skip(1)]])
        {
            Assert.False(Landing.Read(TestBatch.Plan, Ours.Id, TestBatch.Landed(Ours, 5, moves: other))?.MovedThePlan);
        }

        var outside = TestBatch.Landed(Ours, 5);
        foreach (var index in (int[])[200, -1])
        {
            var wrong = outside with { After = outside.After.Add(new(index, TestBatch.Mint, null, 1)) };
            Assert.False(Landing.Read(TestBatch.Plan, Ours.Id, wrong)?.MovedThePlan);
        }

        // Of another token it may change what it likes.
        var otherToken = TestBatch.Landed(Ours, 5);
        otherToken = otherToken with { After = otherToken.After.Add(new(0, TestBatch.Address(70), null, 1)) };
        Assert.True(Landing.Read(TestBatch.Plan, Ours.Id, otherToken)?.MovedThePlan);
    }

    [Fact]
    public void Mint_refill_burn_and_memo_are_told_from_each_other_and_from_the_batch()
    {
        var key = TestBatch.PayoutFloat.PublicKey;
        var (vault, tokens, mint) = (TestBatch.Address(80), TestBatch.FloatTokens, TestBatch.Mint);
        (ActPlan Plan, TransactionInstruction Instruction)[] acts =
        [
            (ActPlan.OfMint(key, mint, vault, 5), TokenProgram.MintTo(mint, vault, 5, key)),
            (ActPlan.OfRefill(key, mint, vault, tokens, 5), TokenProgram.TransferChecked(vault, tokens, 5, 6, key, mint)),
            (ActPlan.OfBurn(key, mint, vault, 5), TokenProgram.Burn(vault, mint, 5, key)),
            (ActPlan.OfMemo(key, mint, "stk:week"), MemoProgram.NewMemo("stk:week", key)),
        ];
        foreach (var (_, instruction) in acts)
        {
            var message = new TransactionBuilder().SetFeePayer(key).SetRecentBlockHash(TestBatch.Hash(1))
                .AddInstruction(ComputeBudgetProgram.SetComputeUnitLimit(10_000)).AddInstruction(instruction).BuildMessage();
            var content = MessageContent.Of(message, mint);

            Assert.Equal([instruction], acts.Where(act => content.Is(act.Plan)).Select(act => act.Instruction));
            Assert.False(content.Is(TestBatch.Plan));
        }
    }

    [Fact]
    public void Whatever_we_never_ask_for_makes_a_message_not_the_plans()
    {
        var key = TestBatch.PayoutFloat.PublicKey;
        foreach (var foreign in (TransactionInstruction[])[
            SystemProgram.Transfer(key, TestBatch.Address(90), 1),
            TokenProgram.SetAuthority(TestBatch.FloatTokens, AuthorityType.AccountOwner, key, TestBatch.Address(90)),
            TokenProgram.TransferChecked(TestBatch.FloatTokens, TestBatch.Address(90), 1, 6, key, TestBatch.Mint),
            TokenProgram.TransferChecked(TestBatch.FloatTokens, TestBatch.Address(90), 1, 6, key, TestBatch.Address(91)),
            MemoProgram.NewMemo("more", key),
            new(TestBatch.Address(92), [], [])])
        {
            var message = new TransactionBuilder().SetFeePayer(key).SetRecentBlockHash(TestBatch.Hash(1))
                .AddInstructions(TestBatch.Batch.Instructions(TestBatch.Terms, TestBatch.Reference))
                .AddInstruction(foreign).BuildMessage();

            Assert.False(MessageContent.Of(message, TestBatch.Mint).Is(TestBatch.Plan));
        }
    }

    [Fact]
    public void Two_payouts_to_one_wallet_are_one_change_and_two_moves()
    {
        var move = new TokenMove(TestBatch.FloatTokens, TestBatch.Address(5), 3);
        var plan = TestBatch.Plan with { Moves = [move, move] };

        Assert.Equal(
            new Dictionary<PublicKey, Int128> { [TestBatch.FloatTokens] = -6, [TestBatch.Address(5)] = 6 }, plan.Changes);
        Assert.True(new MessageContent([move, move], [], false).Is(plan));
        Assert.False(new MessageContent([move], [], false).Is(plan));
        Assert.False(new MessageContent([move, move, move], [], false).Is(plan));
    }
}
