namespace Stk.Solana.Rpc;

/// <summary>A question to a node failed where nothing could be done without its answer.</summary>
public sealed class RpcException(RpcError error) : Exception(error.Sentence)
{
    public RpcError Error { get; } = error;
}
