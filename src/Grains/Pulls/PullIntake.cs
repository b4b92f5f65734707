using System.Collections.Immutable;
using Stk.GrainInterfaces.Participants;
using Stk.Grains.Sources;
using Stk.Rules.Activity;
using Stk.Rules.Objections;
using Stk.Rules.Sources;
using Stk.Rules.Time;
using Stk.Sources.Reading;

namespace Stk.Grains.Pulls;

/// <summary>
/// Takes in what was found of a source whose events have uuids of their own: what is read again is a duplicate. What is
/// rejected is kept once.
/// </summary>
internal sealed class PullIntake(
    SourceDirectory directory, ForeignIntake intake, QuarantineTable quarantine, IClock clock, TimeProvider time)
{
    // Of one call, so that what is pulled is not in front of what is pushed.
    private const int AtOnce = 500;

    // Of a back-fill, which rests after each call as long as that took: others always find room.
    private const int BackAtOnce = 100;

    private static readonly Objection NotAllowed = new("event", SourceGate.TypeRule);

    /// <summary>Answered means committed.</summary>
    /// <param name="payload">The text of an item by its place, where it cannot be read.</param>
    /// <param name="isBack">Whether it gives way to whatever else there is to do.</param>
    /// <returns>The uuids that are stored now.</returns>
    public async Task<IReadOnlyList<Guid>> Take(
        PullLease held, ImmutableArray<ForeignItem> items, Func<int, string> payload, bool isBack,
        CancellationToken cancellation)
    {
        var gate = new SourceGate(held.Settings, await directory.Namespaces(cancellation));
        var events = new List<ActivityEvent>();
        var kept = new List<QuarantineRow>();
        foreach (var (place, item) in items.Index())
        {
            switch (item)
            {
                case ForeignItem.Wellformed { Event.Activity: var activity } when gate.CheckType(activity.Type) is null:
                    events.Add(activity);
                    break;
                case ForeignItem.Wellformed { Event.Activity: var refused }:
                    kept.Add(Row(held, refused.Uuid, QuarantineForm.Named, NotAllowed, EventPayload.Of(refused)));
                    break;
                case ForeignItem.NotAllowed refused:
                    kept.Add(Row(held, refused.Uuid, QuarantineForm.Foreign, NotAllowed, payload(place)));
                    break;
                case ForeignItem.Rejected rejected:
                    kept.Add(Row(held, rejected.Uuid, QuarantineForm.Foreign, rejected.Objection, payload(place)));
                    break;
            }
        }

        var stored = new List<Guid>();
        foreach (var share in events.Chunk(isBack ? BackAtOnce : AtOnce))
        {
            var began = time.GetTimestamp();
            var answers = await intake.Record(held.Name, share, RecordWay.Pull, null, cancellation);
            foreach (var (activity, answer) in share.Zip(answers))
            {
                if (answer.Outcome is EventOutcome.Rejected or EventOutcome.Held)
                {
                    kept.Add(Row(
                        held, activity.Uuid, QuarantineForm.Named, new(answer.Field ?? "$", answer.Rule ?? ""),
                        EventPayload.Of(activity)));
                }
                else
                {
                    stored.Add(activity.Uuid);
                }
            }

            if (isBack)
            {
                await Task.Delay(time.GetElapsedTime(began), time, cancellation);
            }
        }

        await quarantine.AddOnce(kept, cancellation);
        return stored;
    }

    private QuarantineRow Row(PullLease held, Guid? uuid, QuarantineForm form, Objection broken, string payload) =>
        QuarantineRow.Rejected(held.SourceId, uuid, form, broken, payload, clock.Now);
}
