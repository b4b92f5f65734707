using System.Collections.Immutable;
using Stk.Settlement.Acts;
using Stk.Settlement.Looks;
using Stk.Signer.Judging;
using Stk.SignerCalls.Answers;
using Stk.Solana.Keys;
using Stk.Solana.Rpc;

namespace Stk.Signer.Deaths;

/// <summary>
/// Looks at the signer's own nodes whether an earlier signature is dead. The silo has proved the same before it asked: this
/// is the second guard, and believes nothing of it.
/// </summary>
internal sealed class DeathProof(
    ISolanaNodes nodes, string genesis, SignerTerms terms, ulong expiryMargin, TimeProvider time)
{
    private const int LandmarksPage = 1_000;

    // Of the float's signatures, so far back; beyond it nothing is proved.
    private const int LandmarkPagesMost = 20;

    private static readonly TimeSpan LookPatience = TimeSpan.FromSeconds(30);

    /// <param name="attempts">All of one act, in order.</param>
    public async Task<Death> Look(IReadOnlyList<SignedAct> attempts, CancellationToken cancellation)
    {
        if (nodes.All.Length < LookTerms.NodesForExpiry)
        {
            return new Death.NotProved("The signer has one node, and one node's word proves nothing.");
        }

        var act = SignedActs.ToChainAct(attempts, terms);
        if (await FindLandmark(act, cancellation) is not { } landmark)
        {
            return new Death.NotProved("No node shows an older signature of the float.");
        }

        var looks = new LookTerms(genesis, landmark, LookTerms.NodesForExpiry, expiryMargin);
        var first = await LookOnce(act, looks, number: 1, cancellation);
        return Death.Of(first, first is Verdict.Open ? first : await LookOnce(act, looks, number: 2, cancellation));
    }

    private async Task<Verdict> LookOnce(ChainAct act, LookTerms looks, int number, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(LookPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        var asked = await Task.WhenAll(nodes.All.Select(node => Follow(node, act, looks, either.Token)));
        cancellation.ThrowIfCancellationRequested();
        return new Look(number, time.GetUtcNow(), [.. asked]).CutOff().Verdict(looks);
    }

    private static async Task<NodeLook> Follow(
        IRpcClient node, ChainAct act, LookTerms looks, CancellationToken cancellation)
    {
        var look = NodeLooking.Begin(node.Node);
        try
        {
            while (look.Asked is { } question)
            {
                var next = NodeLooking.Take(look, await NodeQuestions.Ask(node, question, cancellation), act, looks);
                look = next != look ? next : look.FallSilent("its answer was to another question");
            }
        }
        catch (OperationCanceledException)
        {
            return look.FallSilent("it did not answer in time");
        }

        return look;
    }

    // The newest that is not after the signing and none of the act's own: any node may name it, as each has to find it.
    private async Task<Landmark?> FindLandmark(ChainAct act, CancellationToken cancellation)
    {
        ImmutableHashSet<Signature> own = [.. act.Attempts.Select(attempt => attempt.Signature)];
        var signedSlot = act.Attempts[^1].SignedSlot;
        foreach (var node in nodes.All)
        {
            Signature? before = null;
            for (var page = 0; page < LandmarkPagesMost; page++)
            {
                var result = await node.GetSignaturesForAddress(
                    terms.PayoutFloat, ReadAt.Finalized, LandmarksPage, before, until: null, cancellation);
                if (result is not RpcResult<ImmutableArray<SignatureInfo>>.Answered { Value: { Length: > 0 } found })
                {
                    break;
                }

                if (found.FirstOrDefault(one => one.Slot <= signedSlot && !own.Contains(one.Signature)) is { } older)
                {
                    return new(older.Signature, older.Slot);
                }

                before = found[^1].Signature;
            }
        }

        return null;
    }
}
