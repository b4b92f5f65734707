using System.Collections.Immutable;
using Stk.Solana.Rpc;

namespace Stk.Signer.Tests;

/// <summary>The signer's two nodes.</summary>
internal sealed class TestNodes : ISolanaNodes
{
    public TestNode Alpha { get; } = new("alpha");

    public TestNode Beta { get; } = new("beta");

    public ImmutableArray<IRpcClient> All => [Alpha, Beta];

    public IRpcClient Named(string node) => All.Single(one => one.Node == node);

    /// <summary>What was signed until now is dead by both.</summary>
    public void GrowOld()
    {
        Alpha.GrowOld();
        Beta.GrowOld();
    }
}
