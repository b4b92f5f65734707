using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Stk.Solana.Rpc;

internal sealed class SolanaNodes : ISolanaNodes
{
    public SolanaNodes(
        IHttpClientFactory clients, IOptions<SolanaOptions> options, IMeterFactory meters, ILogger<RpcClient> logger)
    {
        var metrics = new RpcMetrics(meters);
        All =
        [
            // The options' check has seen that there is an address.
            .. options.Value.Nodes.Select(node => new RpcClient(node.Name, node.Url!, clients, metrics, logger)),
        ];
    }

    public ImmutableArray<IRpcClient> All { get; }

    public IRpcClient Named(string node) =>
        All.FirstOrDefault(client => client.Node == node)
            ?? throw new KeyNotFoundException($"The configuration has no Solana node \"{node}\".");
}
