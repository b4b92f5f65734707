using System.Collections.Immutable;
using Stk.GrainInterfaces.Clock;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Schedules;
using Stk.Grains.Economy;
using Stk.Rules.Activity;

namespace Stk.Grains.Sources;

/// <summary>
/// Hands events that a silo has read itself to their participants, as the API host does with those that are pushed.
/// </summary>
internal sealed class ForeignIntake(IGrainFactory grains, EconomyCache economy)
{
    /// <summary>One answer an event, in their order. Answered means committed; repeats are harmless.</summary>
    /// <param name="source">Its name.</param>
    /// <param name="payloads">Each as it came; null where that is not at hand.</param>
    public async Task<ImmutableArray<EventAnswer>> Record(
        string source, IReadOnlyList<ActivityEvent> events, RecordWay way, IReadOnlyList<string>? payloads,
        CancellationToken cancellation)
    {
        if (events.Count > 0 && economy.Genesis is null)
        {
            await grains.GetGrain<IClockGrain>(0).GetOrSetGenesis(
                [.. events.Select(one => new GenesisCandidate(one.DistinctId, one.At))]);
        }

        var answers = new EventAnswer[events.Count];
        await Task.WhenAll(events.Index().GroupBy(one => one.Item.DistinctId).Select(async share =>
        {
            var request = new RecordRequest(
                source, [.. share.Select(one => one.Item)],
                payloads is null ? null : [.. share.Select(one => payloads[one.Index])], way);
            var given = await grains.GetGrain<IEarnerGrain>(share.Key).Record(request, cancellation);
            foreach (var (one, answer) in share.Zip(given))
            {
                answers[one.Index] = answer;
            }
        }));
        return [.. answers];
    }
}
