using System.Diagnostics.Metrics;

namespace Stk.Signer;

/// <summary>What the signer has refused, by rule.</summary>
internal sealed class SignerMetrics
{
    private readonly Counter<long> _refusals;

    public SignerMetrics(IMeterFactory meters) => _refusals = meters.Create("stk.signer").CreateCounter<long>(
        "signer.refusals", description: "What the signer did not sign, by rule.");

    public void Refused(string rule) => _refusals.Add(1, new KeyValuePair<string, object?>("rule", rule));
}
