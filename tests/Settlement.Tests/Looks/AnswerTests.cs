using System.Collections.Immutable;
using Stk.Settlement.Looks;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;

namespace Stk.Settlement.Tests.Looks;

/// <summary>A node's answers as the machine is told of them.</summary>
public class AnswerTests
{
    [Fact]
    public void An_error_and_an_answer_that_does_not_say_of_which_slot_it_is_are_no_answers()
    {
        Assert.IsType<Answer.None>(Answer.OfHeight(new RpcResult<EpochInfo>.Failed(new RpcError.TimedOut())));
        Assert.IsType<Answer.None>(Answer.OfLanded(new RpcResult<LandedTransaction?>.Failed(new RpcError.Garbled("no err"))));
        Assert.IsType<Answer.None>(Answer.OfStatuses(new RpcResult<ImmutableArray<SignatureStatus?>>.Answered([null])));
        Assert.IsType<Answer.None>(Answer.OfNonce(new RpcResult<AccountInfo?>.Answered(null)));
    }

    [Fact]
    public void Answers_are_taken_as_they_are()
    {
        Assert.Equal(new Answer.HeightIs(9, 7), Answer.OfHeight(new RpcResult<EpochInfo>.Answered(new(9, 7))));
        Assert.Equal(new Answer.GenesisIs("x"), Answer.OfGenesis(new RpcResult<string>.Answered("x")));
        Assert.Equal(new Answer.LandedAs(null), Answer.OfLanded(new RpcResult<LandedTransaction?>.Answered(null)));
        Assert.Equal(new Answer.FirstBlockIs(3), Answer.OfFirstBlock(new RpcResult<ulong>.Answered(3)));
        Assert.Equal(
            4UL, Assert.IsType<Answer.StatusesAre>(
                Answer.OfStatuses(new RpcResult<ImmutableArray<SignatureStatus?>>.Answered([null], 4))).Slot);
    }

    [Fact]
    public void A_nonce_is_read_from_an_account_of_the_systems_program_and_from_no_other()
    {
        var data = new byte[NonceAccount.Size];
        data[0] = 1;
        data[4] = 1;
        TestBatch.Hash(12).CopyTo(data.AsSpan(40));
        var account = new AccountInfo(1, SystemProgram.ProgramId, [.. data], IsExecutable: false);

        Assert.Equal(new Answer.NonceIs(4, TestBatch.Hash(12)), Nonce(account));
        Assert.Equal(new Answer.NonceIs(4, null), Nonce(account with { Owner = TokenProgram.ProgramId }));
        Assert.Equal(new Answer.NonceIs(4, null), Nonce(null));
    }

    private static Answer Nonce(AccountInfo? account) =>
        Answer.OfNonce(new RpcResult<AccountInfo?>.Answered(account, 4));
}
