using System.Collections.Immutable;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Sources;
using Stk.Rules.Activity;
using Stk.Rules.Objections;
using Stk.Rules.Sources;
using Stk.Rules.Time;
using Stk.Sources.Reading;

namespace Stk.Grains.Sources;

/// <summary>
/// Takes in what was read of a delivery or a file, in the form of its source: events go to their participants, what is
/// rejected is kept.
/// </summary>
internal sealed class ForeignTaking(ForeignIntake intake, QuarantineTable quarantine, IClock clock)
{
    public static readonly Objection NotAllowed = new("event", SourceGate.TypeRule);

    /// <summary>The item, or that its source may not send it.</summary>
    public static ForeignItem Admit(ForeignItem item, SourceGate gate) =>
        item is ForeignItem.Wellformed { Event.Activity: var activity } && gate.CheckType(activity.Type) is not null
            ? new ForeignItem.NotAllowed(activity.Uuid, activity.Type)
            : item;

    /// <summary>One answer an item, in order; null where it gives nothing. Answered means committed.</summary>
    /// <param name="name">The source's.</param>
    /// <param name="items">Admitted.</param>
    /// <param name="payloads">Each as it came.</param>
    /// <param name="mayRepeat">Whether what is rejected may have been kept before: a file is sent again as a whole.</param>
    public async Task<ImmutableArray<WebhookAnswer?>> Take(
        string name, int source, IReadOnlyList<ForeignItem> items, IReadOnlyList<string> payloads, bool mayRepeat,
        CancellationToken cancellation)
    {
        var known = items.Index().Where(one => one.Item is ForeignItem.Wellformed).ToList();
        var given = await intake.Record(
            name, [.. known.Select(one => ((ForeignItem.Wellformed)one.Item).Event.Activity)], RecordWay.Webhook,
            [.. known.Select(one => payloads[one.Index])], cancellation);
        var next = 0;
        var answers = ImmutableArray.CreateBuilder<WebhookAnswer?>(items.Count);
        var kept = new List<QuarantineRow>();
        foreach (var (place, item) in items.Index())
        {
            WebhookAnswer? answer = item switch
            {
                ForeignItem.Wellformed { Event.Activity: var activity } =>
                    Answer(activity.Uuid, activity.Type, given[next++]),
                ForeignItem.Rejected rejected => Rejected(rejected.Uuid, null, rejected.Objection),
                ForeignItem.NotAllowed refused => Rejected(refused.Uuid, refused.Type, NotAllowed),
                _ => null,
            };
            answers.Add(answer);
            if (answer?.Outcome == EventOutcome.Rejected)
            {
                kept.Add(QuarantineRow.Rejected(
                    source, answer.Uuid, QuarantineForm.Foreign, new(answer.Field ?? "$", answer.Rule ?? ""),
                    payloads[place], clock.Now));
            }
        }

        await (mayRepeat ? quarantine.AddOnce(kept, cancellation) : quarantine.Add(kept, cancellation));
        return answers.ToImmutable();
    }

    private static WebhookAnswer Answer(Guid uuid, string type, EventAnswer answer) =>
        new(uuid, type, answer.Outcome, answer.Field, answer.Rule);

    private static WebhookAnswer Rejected(Guid? uuid, string? type, Objection broken) =>
        new(uuid, type, EventOutcome.Rejected, broken.Field, broken.Rule);
}
