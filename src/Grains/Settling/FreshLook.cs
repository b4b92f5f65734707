using System.Collections.Immutable;
using Stk.Grains.Payouts;
using Stk.Settlement.Acts;
using Stk.Settlement.Looks;
using Stk.Settlement.Machine;

namespace Stk.Grains.Settling;

/// <summary>A look at all nodes for operators' word, before anything is written of it.</summary>
internal sealed class FreshLook(ChainTerms terms, ChainOrders chain, ActTable acts, TimeProvider time)
{
    // The oldest of so many is far older than any attempt that is open.
    private const int LandmarksMost = 1_000;

    // Whoever asks waits for it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Whether nodes let the word stand. Nothing is changed.</summary>
    public async Task<ResolutionReply> Check(ChainAct act, Resolution word, CancellationToken cancellation)
    {
        if (terms.Nodes is not { All: var nodes } || await acts.ReadGenesis(cancellation) is not { } genesis)
        {
            return new ResolutionReply.NotLooked("No node is configured here, or none was ever settled through.");
        }

        using var timeout = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        var landmarks = await Landmarks(either.Token);
        var looks = new LookTerms(
            genesis, landmarks.FirstOrDefault(landmark => landmark.Slot <= act.Last?.SignedSlot),
            Math.Min(2, nodes.Length), (ulong)terms.Options.ExpiryMargin);
        var asked = await Task.WhenAll(nodes.Select(node => Ask(node.Node, act, looks, either.Token)));
        cancellation.ThrowIfCancellationRequested();
        return Resolving.Judge(word, new(1, time.GetUtcNow(), [.. asked], word), act, looks);
    }

    // As whoever settles has them.
    private async Task<ImmutableArray<Landmark>> Landmarks(CancellationToken cancellation)
    {
        try
        {
            return await acts.ReadLandmarks(LandmarksMost, cancellation) is { IsEmpty: false } ours
                ? ours
                : await chain.FindLandmarks(LandmarksMost, cancellation) ?? [];
        }
        catch (OperationCanceledException)
        {
            return [];
        }
    }

    private async Task<NodeLook> Ask(string node, ChainAct act, LookTerms looks, CancellationToken cancellation)
    {
        var look = NodeLooking.Begin(node);
        try
        {
            while (look is { Says: null, Asked: { } question })
            {
                var seen = await chain.Ask(new Order.Ask(1, node, question), cancellation);
                look = NodeLooking.Take(look, ((Seen.Answered)seen).Answer, act, looks);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return look.FallSilent("it did not answer in time");
        }

        return look.Says is null ? look.FallSilent("it has ended without a word") : look;
    }
}
