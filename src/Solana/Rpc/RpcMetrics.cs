using System.Diagnostics.Metrics;

namespace Stk.Solana.Rpc;

/// <summary>How long nodes take and how they answer: by node, method and outcome.</summary>
internal sealed class RpcMetrics
{
    private readonly Histogram<double> _duration;

    public RpcMetrics(IMeterFactory meters) =>
        _duration = meters.Create("stk.solana").CreateHistogram<double>(
            "rpc.duration", unit: "s", description: "Questions to Solana's nodes, repeats included.");

    public void Answered(string node, string method, string outcome, TimeSpan elapsed) =>
        _duration.Record(
            elapsed.TotalSeconds,
            new KeyValuePair<string, object?>("node", node),
            new KeyValuePair<string, object?>("method", method),
            new KeyValuePair<string, object?>("outcome", outcome));
}
