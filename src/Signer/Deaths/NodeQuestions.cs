using System.Diagnostics;
using Stk.Settlement.Looks;
using Stk.Solana.Rpc;

namespace Stk.Signer.Deaths;

/// <summary>The questions of a look, asked of a node.</summary>
internal static class NodeQuestions
{
    public static async Task<Answer> Ask(IRpcClient node, Question question, CancellationToken cancellation) =>
        question switch
        {
            Question.Genesis => Answer.OfGenesis(await node.GetGenesisHash(cancellation)),
            Question.Height => Answer.OfHeight(await node.GetEpochInfo(ReadAt.Finalized, cancellation)),
            Question.Nonce nonce =>
                Answer.OfNonce(await node.GetAccountInfo(nonce.Account, ReadAt.Finalized, cancellation)),
            Question.Statuses statuses => Answer.OfStatuses(
                await node.GetSignatureStatuses(statuses.Signatures, searchHistory: true, cancellation)),
            Question.Landed landed =>
                Answer.OfLanded(await node.GetTransaction(landed.Signature, Commitment.Finalized, cancellation)),
            Question.Named named => Answer.OfNamed(await node.GetSignaturesForAddress(
                named.Address, new ReadAt(Commitment.Finalized, named.MinContextSlot), NodeLooking.NamedMost,
                before: null, until: null, cancellation)),
            Question.FirstBlock => Answer.OfFirstBlock(await node.GetFirstAvailableBlock(cancellation)),
            _ => throw new UnreachableException(),
        };
}
