using System.Collections.Immutable;
using System.Diagnostics.Metrics;

namespace Stk.Grains.Deposits;

/// <summary>
/// What has become of what arrived. Everything is there from the start: an alarm cannot stand on what is not.
/// </summary>
internal sealed class DepositMetrics
{
    private const string Credited = "credited";
    private const string Suspense = "suspense";
    private const string IsAssigned = "assigned";
    private const string Returned = "returned";

    private static readonly ImmutableArray<string> Outcomes = [Credited, Suspense, IsAssigned, Returned];

    private readonly Counter<long> _deposits;

    public DepositMetrics(IMeterFactory meters)
    {
        _deposits = meters.Create("stk.settlement").CreateCounter<long>("deposits", unit: "{deposit}");
        foreach (var outcome in Outcomes)
        {
            Add(outcome, 0);
        }
    }

    public void Arrived(bool isSomebodys) => Add(isSomebodys ? Credited : Suspense, 1);

    public void Assigned() => Add(IsAssigned, 1);

    public void SentBack() => Add(Returned, 1);

    private void Add(string outcome, int deposits) =>
        _deposits.Add(deposits, new KeyValuePair<string, object?>("outcome", outcome));
}
