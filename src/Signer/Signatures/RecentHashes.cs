using Stk.Solana.Rpc;

namespace Stk.Signer.Signatures;

/// <summary>
/// Recent blockhashes of the signer's own nodes. Who asks does not choose it: by a wrong last height an earlier signature
/// would seem dead while it can land. For the same reason one node's word for that height is held against the others'.
/// </summary>
internal sealed class RecentHashes(ISolanaNodes nodes, string genesis, TimeProvider time) : IDisposable
{
    // MAX_PROCESSING_AGE of the runtime: no block takes a hash that is older. Unit: blocks.
    private const ulong LongestLife = 150;

    // What nodes may be apart by, some seven minutes; beyond it one of them is wrong. Unit: blocks.
    private const ulong HeightsApartMost = 1_000;

    // A hash lives for a minute: two seconds of it are not missed, and no node is asked once a batch.
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan HeightPatience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1);
    private RecentHash? _last;
    private long _lastAt;

    /// <summary>Null where no node gives one for our chain, or their heights contradict it.</summary>
    /// <param name="isAfterDeath">Asked for now, as an earlier one is over by what nodes have just said.</param>
    public async Task<RecentHash?> Get(bool isAfterDeath, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (!isAfterDeath && _last is not null && time.GetElapsedTime(_lastAt) < GoodFor)
            {
                return _last;
            }

            var at = time.GetTimestamp();
            foreach (var node in nodes.All)
            {
                if (await AskOne(node, cancellation) is { } hash && await OutliveAll(hash, cancellation) is { } safe)
                {
                    (_last, _lastAt) = (safe, at);
                    return safe;
                }
            }

            return null;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<RecentHash?> AskOne(IRpcClient node, CancellationToken cancellation) =>
        await IsOfOurChain(node, cancellation)
        && await node.GetSlot(ReadAt.Finalized, cancellation) is RpcResult<ulong>.Answered { Value: var slot }
        && await node.GetLatestBlockHash(new(Commitment.Confirmed, slot), cancellation)
            is RpcResult<LatestBlockHash>.Answered { Value: var latest }
            ? new(latest.Blockhash, latest.LastValidBlockHeight, slot, node.Node)
            : null;

    // With the highest last height that it can have by any node: too late a proof costs seconds, too early a second payout.
    private async Task<RecentHash?> OutliveAll(RecentHash hash, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(HeightPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        var heights = await Task.WhenAll(nodes.All.Select(node => HeightOf(node, either.Token)));
        cancellation.ThrowIfCancellationRequested();
        var highest = hash.LastValidHeight;
        foreach (var height in heights.OfType<ulong>())
        {
            var last = checked(height + LongestLife);
            if (Math.Max(last, hash.LastValidHeight) - Math.Min(last, hash.LastValidHeight) > HeightsApartMost)
            {
                return null;
            }

            highest = Math.Max(highest, last);
        }

        return hash with { LastValidHeight = highest };
    }

    private async Task<ulong?> HeightOf(IRpcClient node, CancellationToken cancellation)
    {
        try
        {
            return await IsOfOurChain(node, cancellation)
                && await node.GetEpochInfo(ReadAt.Confirmed, cancellation)
                    is RpcResult<EpochInfo>.Answered { Value: var epoch }
                    ? epoch.BlockHeight
                    : null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<bool> IsOfOurChain(IRpcClient node, CancellationToken cancellation) =>
        await node.GetGenesisHash(cancellation) is RpcResult<string>.Answered { Value: var chain } && chain == genesis;
}
