using System.Collections.Immutable;

namespace Stk.Solana.Rpc;

/// <summary>The nodes of the configuration. Each is asked by name where it matters who answers.</summary>
public interface ISolanaNodes
{
    /// <summary>In the order of the configuration; the first is the one to send through.</summary>
    ImmutableArray<IRpcClient> All { get; }

    /// <exception cref="KeyNotFoundException">The configuration names no such node.</exception>
    IRpcClient Named(string node);
}
