using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Stk.Settlement.Acts;
using Stk.Settlement.Plans;

namespace Stk.Grains.Payouts;

/// <summary>
/// What this silo has settled, and how settlement stands as whoever settles has seen it last: other silos show nothing of
/// that. Everything is there from the start: an alarm cannot stand on what is not.
/// </summary>
internal sealed class SettlementMetrics
{
    private static readonly ImmutableArray<string> PayoutOutcomes = ["paid", "returned"];

    private static readonly ImmutableArray<AttemptOutcome> Outcomes =
        [AttemptOutcome.Landed, AttemptOutcome.Failed, AttemptOutcome.Expired];

    private readonly Counter<long> _payouts;
    private readonly Counter<long> _attempts;
    private readonly Counter<long> _epochRefusals;
    private OpenPayouts _open = new(0, 0, 0);
    private long _floatMicro;
    private long _floatLamports;
    private double _finalitySeconds;

    public SettlementMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("stk.settlement");
        _payouts = meter.CreateCounter<long>("payouts", unit: "{payout}");
        _attempts = meter.CreateCounter<long>("chain.attempts", unit: "{attempt}");
        _epochRefusals = meter.CreateCounter<long>("epoch.refusals", unit: "{refusal}");
        meter.CreateObservableGauge("payouts.open", Open, unit: "{payout}");
        meter.CreateObservableGauge("uncertain.age", () => _open.UncertainSeconds, unit: "s");
        meter.CreateObservableGauge("settlement.finality", () => _finalitySeconds, unit: "s");
        meter.CreateObservableGauge("float.micro", () => _floatMicro, unit: "{micro}");
        meter.CreateObservableGauge("float.lamports", () => _floatLamports, unit: "{lamport}");
        foreach (var outcome in PayoutOutcomes)
        {
            _payouts.Add(0, Tag("outcome", outcome));
        }

        foreach (var kind in Enum.GetValues<ActKind>())
        {
            foreach (var outcome in Outcomes)
            {
                _attempts.Add(0, Tag("kind", Name(kind)), Tag("outcome", Name(outcome)));
            }
        }

        _epochRefusals.Add(0);
    }

    public void Paid(int payouts) => _payouts.Add(payouts, Tag("outcome", "paid"));

    public void Returned() => _payouts.Add(1, Tag("outcome", "returned"));

    /// <summary>An attempt has ended.</summary>
    /// <param name="took">Since it was sent first; null where that is not known.</param>
    public void Ended(ActKind kind, AttemptOutcome outcome, TimeSpan? took)
    {
        _attempts.Add(1, Tag("kind", Name(kind)), Tag("outcome", Name(outcome)));
        if (outcome == AttemptOutcome.Landed && took is { } time)
        {
            _finalitySeconds = time.TotalSeconds;
        }
    }

    /// <summary>Another activation has followed: nothing was written.</summary>
    public void EpochRefused() => _epochRefusals.Add(1);

    public void Show(OpenPayouts open) => _open = open;

    public void Show(long floatMicro, long floatLamports) => (_floatMicro, _floatLamports) = (floatMicro, floatLamports);

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private IEnumerable<Measurement<long>> Open() =>
    [
        new(_open.Waiting, Tag("state", "waiting")), new(_open.Taken, Tag("state", "taken")),
    ];

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}

/// <summary>What has not ended.</summary>
/// <param name="UncertainSeconds">Since when the oldest uncertain act is so; 0 where none is.</param>
internal sealed record OpenPayouts(long Waiting, long Taken, double UncertainSeconds);
