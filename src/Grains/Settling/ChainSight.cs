using System.Collections.Immutable;
using Stk.GrainInterfaces.Settling;
using Stk.Grains.Payouts;
using Stk.Rules.Money;
using Stk.Solana.Rpc;

namespace Stk.Grains.Settling;

/// <summary>What nodes say of themselves and of the float, for operators. Nothing is decided by it.</summary>
internal sealed class ChainSight(ChainTerms terms, ActTable acts, TimeProvider time)
{
    // Whoever asks waits for it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Whether this silo has nodes and a mint.</summary>
    public bool IsOn => terms.Nodes is not null && terms.Addresses is not null;

    /// <summary>As this silo is configured.</summary>
    public SettlementCaps Caps => terms.Options.Caps;

    public async Task<(Amount? FloatHeld, long? Lamports, ImmutableArray<NodeStatus> Nodes)> Look(
        CancellationToken cancellation)
    {
        if (terms.Nodes is not { All: var nodes } || terms.Addresses is not { } ours)
        {
            return (null, null, []);
        }

        var genesis = await acts.ReadGenesis(cancellation);
        using var timeout = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        var seen = await Task.WhenAll(nodes.Select(node => Ask(node, genesis, either.Token)));
        var held = await First<Amount>(
            nodes, async node => await node.GetTokenAccountBalance(ours.FloatTokens, ReadAt.Confirmed, either.Token)
                is RpcResult<TokenAmount>.Answered { Value.Amount: var amount } ? new Amount((long)amount) : null);
        var lamports = await First<long>(
            nodes, async node => await node.GetAccountInfo(ours.PayoutFloat, ReadAt.Confirmed, either.Token)
                is RpcResult<AccountInfo?>.Answered { Value: var account } ? (long?)(account?.Lamports ?? 0) : null);
        cancellation.ThrowIfCancellationRequested();
        return (held, lamports, [.. seen]);
    }

    private static async Task<NodeStatus> Ask(IRpcClient node, string? genesis, CancellationToken cancellation)
    {
        try
        {
            if (await node.GetGenesisHash(cancellation) is not RpcResult<string>.Answered { Value: var hash })
            {
                return new(node.Node, null, null, "It does not say which chain it follows.");
            }

            if (genesis is not null && hash != genesis)
            {
                return new(node.Node, null, null, $"It follows another chain: {hash}.");
            }

            var height = await node.GetEpochInfo(ReadAt.Finalized, cancellation);
            return height is RpcResult<EpochInfo>.Answered { Value: var info }
                ? new(node.Node, (long)info.AbsoluteSlot, (long)info.BlockHeight, null)
                : new(node.Node, null, null, height.Error?.Sentence ?? "It does not answer.");
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new(node.Node, null, null, "It did not answer in time.");
        }
    }

    // Null where no node says it in time.
    private static async Task<T?> First<T>(IEnumerable<IRpcClient> nodes, Func<IRpcClient, Task<T?>> ask)
        where T : struct
    {
        foreach (var node in nodes)
        {
            try
            {
                if (await ask(node) is { } said)
                {
                    return said;
                }
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }

        return null;
    }
}
