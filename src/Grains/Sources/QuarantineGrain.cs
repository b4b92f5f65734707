using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Sources;
using Stk.Grains.AuditLog;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Rules.Activity;
using Stk.Rules.Objections;
using Stk.Rules.Sources;
using Stk.Rules.Time;
using Stk.Sources.Aisystant;
using Stk.Sources.PostHog;
using Stk.Sources.Reading;
using QuarantinePlan = Stk.Grains.Requests.RequestPlan<int, Stk.GrainInterfaces.Sources.QuarantineReply>;

namespace Stk.Grains.Sources;

/// <inheritdoc cref="IQuarantineGrain"/>
internal sealed class QuarantineGrain(
    QuarantineTable table, SourceDirectory directory, ForeignIntake intake, GivenEventTable given, OperatorRegister register,
    KeyedWrites writes, IClock clock) : Grain, IQuarantineGrain
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = EventShape.MaxPropertiesBytes + 64 };

    private string Source => this.GetPrimaryKeyString();

    public async Task<QuarantinePage> List(PageRequest request, string? reason, CancellationToken cancellation) =>
        await directory.Find(Source, isCaller: false, cancellation) is { Id: var id }
            ? await table.List(id, request, reason, cancellation)
            : new([], null);

    public async Task<QuarantineReply> Replay(QuarantineRequest request, CancellationToken cancellation)
    {
        if (await directory.Find(Source, isCaller: false, cancellation) is not { } source)
        {
            return new([], 0);
        }

        // Said before it is done: what is sent again by another copy is a duplicate.
        var reply = await Log(request, source, "source.quarantine-replay", deletes: false, cancellation);
        if (reply.IsOperatorUnknown || reply.Key == KeyUse.Reused)
        {
            return reply;
        }

        var found = await table.Find(source.Id, request.Ids, request.Reason, cancellation);
        var gate = await directory.Gate(source, cancellation);
        var read = found.Select(one => (one.Event, Reading: Read(one.Event, one.Form, source, gate))).ToList();
        var events = read.Where(one => one.Reading.Activity is not null).ToList();
        var answered = await intake.Record(
            Source, [.. events.Select(one => one.Reading.Activity!)], RecordWay.Replay, null, cancellation);
        var answers = events.Zip(answered, (one, answer) =>
                new QuarantineAnswer(one.Event.Id, answer.Outcome, answer.Field, answer.Rule))
            .Concat(read.Where(one => one.Reading.Activity is null).Select(one => new QuarantineAnswer(
                one.Event.Id, EventOutcome.Rejected, one.Reading.Broken?.Field, one.Reading.Broken?.Rule)))
            .ToImmutableArray();
        var done = answers.Where(answer => answer.Outcome is not (EventOutcome.Rejected or EventOutcome.Held))
            .Select(answer => answer.Id).ToHashSet();
        await given.Settle(
            [
                .. events.Where(one => done.Contains(one.Event.Id))
                    .Select(one => new GivenEvent(source.Id, Source, one.Reading.Activity!)),
            ],
            [], cancellation);
        await table.Remove([.. done], cancellation);
        return reply with { Answers = answers, Count = found.Count };
    }

    public async Task<QuarantineReply> Delete(QuarantineRequest request, CancellationToken cancellation) =>
        await directory.Find(Source, isCaller: false, cancellation) is { } source
            ? await Log(request, source, "source.quarantine-delete", deletes: true, cancellation)
            : new([], 0);

    private async Task<QuarantineReply> Log(
        QuarantineRequest request, KnownSource source, string action, bool deletes, CancellationToken cancellation) =>
        await writes.Change(request.Key, () => Plan(request, source, action, deletes, cancellation), cancellation) switch
        {
            RequestAnswer<int, QuarantineReply>.Done { View: var count, IsReplay: var isReplay } =>
                new([], count, isReplay ? KeyUse.Replay : KeyUse.First),
            RequestAnswer<int, QuarantineReply>.Refused { Reason: var refusal } => refusal,
            _ => new([], 0, KeyUse.Reused),
        };

    private async Task<QuarantinePlan> Plan(
        QuarantineRequest request, KnownSource source, string action, bool deletes, CancellationToken cancellation)
    {
        if (await register.FindOperator(request.By, cancellation) is not { } by)
        {
            return new QuarantinePlan.Refuse(new([], 0, IsOperatorUnknown: true));
        }

        var found = await table.Find(source.Id, request.Ids, request.Reason, cancellation);
        var entry = new AuditEntry(
            clock.Now, by.Subject, action, Source, null,
            AuditEntry.Json(new { events = found.Count, reason = request.Reason }), request.Why);
        return deletes
            ? new QuarantinePlan.Write(
                found.Count, entry, OperatorRegister.Expect(by),
                QuarantineTable.Delete([.. found.Select(one => one.Event.Id)]))
            : new QuarantinePlan.Write(found.Count, entry, OperatorRegister.Expect(by));
    }

    private static (ActivityEvent? Activity, Objection? Broken) Read(
        QuarantinedEvent kept, QuarantineForm form, KnownSource source, SourceGate gate)
    {
        if (form == QuarantineForm.Foreign)
        {
            return source.Settings is { } settings ? Read(Encoding.UTF8.GetBytes(kept.Payload), settings) : default;
        }

        try
        {
            using var document = JsonDocument.Parse(kept.Payload, Deep);
            if (EventShape.Read(document.RootElement) is not EventReading.Wellformed { Event: var activity })
            {
                return (null, new("$", "must be an event of our own form"));
            }

            return form == QuarantineForm.Named ? (activity, null) : (gate.Admit(activity, out var broken), broken);
        }
        catch (JsonException)
        {
            return (null, new("$", "must be JSON"));
        }
    }

    private static (ActivityEvent? Activity, Objection? Broken) Read(byte[] payload, SourceSettings settings)
    {
        var body = settings.Kind switch
        {
            SourceKind.PostHog => PostHogEvents.ReadWebhook(payload, settings),
            SourceKind.Aisystant => PlatformReading.ReadWebhook(payload, settings),
            _ => new ForeignBody.Unreadable(new("$", "must be of the source's form")),
        };
        return body switch
        {
            ForeignBody.Read { Items: [ForeignItem.Wellformed { Event.Activity: var activity }] } => (activity, null),
            ForeignBody.Read { Items: [ForeignItem.Rejected { Objection: var broken }] } => (null, broken),
            ForeignBody.Read { Items: [ForeignItem.NotAllowed] } => (null, new("event", SourceGate.TypeRule)),
            ForeignBody.Unreadable { Objection: var unreadable } => (null, unreadable),
            _ => (null, new("event", "must be one that gives something")),
        };
    }
}
