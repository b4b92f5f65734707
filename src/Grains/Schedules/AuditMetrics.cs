using System.Diagnostics.Metrics;

namespace Stk.Grains.Schedules;

/// <summary>Nightly audits of the ledger, counted by what they have found. Each outcome is there from the start.</summary>
internal sealed class AuditMetrics
{
    public const string Sound = "sound";
    public const string Broken = "broken";
    public const string Failed = "failed";

    private readonly Counter<long> _audits;

    public AuditMetrics(IMeterFactory meters)
    {
        _audits = meters.Create("stk.schedule").CreateCounter<long>("ledger.audits", unit: "{audit}");
        foreach (var outcome in (string[])[Sound, Broken, Failed])
        {
            _audits.Add(0, Tag(outcome));
        }
    }

    public void Count(string outcome) => _audits.Add(1, Tag(outcome));

    private static KeyValuePair<string, object?> Tag(string outcome) => new("outcome", outcome);
}
