using Stk.Solana.Rpc;

namespace Stk.Solana.Vaults;

/// <summary>How one node is.</summary>
/// <param name="Slot">The newest it has seen; null where it does not answer.</param>
/// <param name="FinalizedSlot">The newest that can no longer vanish; null where it does not answer.</param>
/// <param name="Height">Finalized; null where it does not answer.</param>
/// <param name="Trouble">One sentence; null where it is well.</param>
public sealed record NodeStatus(string Node, ulong? Slot, ulong? FinalizedSlot, ulong? Height, string? Trouble)
{
    public static async Task<NodeStatus> Read(IRpcClient node, CancellationToken cancellation)
    {
        var slot = await node.GetSlot(ReadAt.Processed, cancellation);
        if (slot.Error is { } silent)
        {
            // Three more questions would wait as long as the first.
            return new(node.Node, null, null, null, silent.Sentence);
        }

        var finalized = await node.GetSlot(ReadAt.Finalized, cancellation);
        var height = await node.GetBlockHeight(ReadAt.Finalized, cancellation);
        var health = await node.GetHealth(cancellation);
        return new(
            node.Node,
            Value(slot),
            Value(finalized),
            Value(height),
            (finalized.Error ?? height.Error ?? health.Error)?.Sentence);
    }

    private static ulong? Value(RpcResult<ulong> result) =>
        result is RpcResult<ulong>.Answered answered ? answered.Value : null;
}
