using System.Diagnostics.Metrics;

namespace Stk.Grains.Reconciling;

/// <summary>
/// What ledger and chain differ in, as this silo has seen it last; 0 where they are equal, or another has looked.
/// </summary>
internal sealed class ReconciliationMetrics
{
    private long _differenceMicro;

    public ReconciliationMetrics(IMeterFactory meters) => meters.Create("stk.settlement")
        .CreateObservableGauge("reconciliation.difference.micro", () => _differenceMicro, unit: "{micro}");

    public void Show(long differenceMicro) => _differenceMicro = differenceMicro;
}
