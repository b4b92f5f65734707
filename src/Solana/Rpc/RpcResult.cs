using System.Diagnostics;

namespace Stk.Solana.Rpc;

/// <summary>What became of a question to a node. A closed set: nothing outside can add a case.</summary>
public abstract record RpcResult<T>
{
    private RpcResult()
    {
    }

    /// <summary>Why there is no answer; null where there is one.</summary>
    public virtual RpcError? Error => null;

    /// <summary>The node has answered.</summary>
    /// <param name="ContextSlot">The slot whose state the answer describes; null where the method does not say.</param>
    public sealed record Answered(T Value, ulong? ContextSlot = null) : RpcResult<T>;

    /// <summary>The node has refused, or nothing is known of its answer.</summary>
    public sealed record Failed(RpcError Reason) : RpcResult<T>
    {
        public override RpcError? Error => Reason;
    }

    /// <summary>The value, for those who can do nothing without it.</summary>
    /// <exception cref="RpcException">There is none.</exception>
    public T Required() => this switch
    {
        Answered answered => answered.Value,
        Failed failed => throw new RpcException(failed.Reason),
        _ => throw new UnreachableException(),
    };
}
