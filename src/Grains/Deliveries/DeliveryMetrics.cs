using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Stk.Rules.Deliveries;
using Stk.Rules.Notices;

namespace Stk.Grains.Deliveries;

/// <summary>Attempts by channel and outcome, on this silo; and what waits and is dead, of the whole economy.</summary>
internal sealed class DeliveryMetrics
{
    private static readonly ImmutableArray<string> Outcomes = ["delivered", "failed", "busy", "refused"];

    private readonly ConcurrentDictionary<(NoticeChannel Channel, string Outcome), long> _attempts = new();
    private readonly ConcurrentDictionary<NoticeChannel, ChannelCounts> _counts = new();

    public DeliveryMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("stk.notices");
        meter.CreateObservableCounter("deliveries", Attempts, unit: "{attempt}");
        meter.CreateObservableGauge(
            "deliveries.waiting", () => Measure(counts => counts?.Due ?? 0), unit: "{delivery}");
        meter.CreateObservableGauge("deliveries.dead", () => Measure(counts => counts?.Dead ?? 0), unit: "{delivery}");
    }

    public void Answered(DeliveryAnswer answer, NoticeChannel channel) =>
        _attempts.AddOrUpdate((channel, Outcome(answer)), 1, (_, count) => count + 1);

    public void Count(ChannelCounts counts) => _counts[counts.Channel] = counts;

    private static string Outcome(DeliveryAnswer answer) => answer switch
    {
        DeliveryAnswer.Delivered => "delivered",
        DeliveryAnswer.Failed => "failed",
        DeliveryAnswer.ChannelBusy => "busy",
        DeliveryAnswer.Refused => "refused",
        _ => throw new UnreachableException(),
    };

    // Also those of which there was none: an alarm cannot stand on what is not there.
    private IEnumerable<Measurement<long>> Attempts() =>
        from channel in NoticeChannels.All
        from outcome in Outcomes
        select new Measurement<long>(
            _attempts.GetValueOrDefault((channel, outcome)), Tag("channel", channel.WireName()), Tag("outcome", outcome));

    private IEnumerable<Measurement<long>> Measure(Func<ChannelCounts?, long> value) => NoticeChannels.All.Select(
        channel => new Measurement<long>(
            value(_counts.GetValueOrDefault(channel)), Tag("channel", channel.WireName())));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
