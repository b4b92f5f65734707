using System.Collections.Immutable;
using Stk.GrainInterfaces.Participants;
using Stk.Grains.Activity;
using Stk.Grains.Economy;
using Stk.Grains.Sources;
using Stk.Rules.Activity;
using Stk.Rules.Intake;
using Stk.Rules.Objections;
using Stk.Rules.RuleBooks;
using Stk.Rules.Sources;
using Stk.Rules.Texts;
using Stk.Rules.Weeks;
using Stk.Storage;

namespace Stk.Grains.Participants;

/// <summary>A participant as one who earns by activity. One an activation.</summary>
internal sealed class Earner(
    ParticipantRecall recall, IntakeWriter intake, SourceDirectory sources, EconomyCache economy, EconomyClock clock,
    OwnEvents events, IGrainFactory grains)
{
    /// <inheritdoc cref="IEarnerGrain.Record"/>
    public async Task<ImmutableArray<EventAnswer>> Record(RecordRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (request.Events.FirstOrDefault(one => one.DistinctId != recall.Id) is { } stray)
        {
            throw new ArgumentException($"event {stray.Uuid} is another participant's", nameof(request));
        }

        var known = await sources.Find(request.Source, isCaller: true, cancellation);
        if (known is null)
        {
            return Rejected(request, OutsideName.BrokenOfSource(request.Source) ?? "must be one that operators have made");
        }

        var gate = await sources.Gate(known, cancellation);
        if (!gate.IsActive)
        {
            return Rejected(request, "must not be paused");
        }

        var objection = gate.CheckParticipant(recall.Id);
        var refused = request.Events.Select(sent => gate.CheckType(sent.Type) ?? objection).ToList();
        if (refused.TrueForAll(one => one is null))
        {
            return await Record(request, known, gate, cancellation);
        }

        var admitted = request with
        {
            Events = [.. request.Events.Where((_, place) => refused[place] is null)],
            Payloads = request.Payloads is { } payloads ? [.. payloads.Where((_, place) => refused[place] is null)] : null,
        };
        var answers = admitted.Events.IsEmpty ? [] : await Record(admitted, known, gate, cancellation);
        var next = 0;
        return [.. refused.Select(one => one is { } broken ? Rejected(broken) : answers[next++])];
    }

    private async Task<ImmutableArray<EventAnswer>> Record(
        RecordRequest request, KnownSource source, SourceGate gate, CancellationToken cancellation)
    {
        await RefreshClockIfBehind(request.Events, cancellation);
        var memory = await recall.Fresh(cancellation);
        var item = new IntakeItem(
            recall.Id, memory.Number, source.Id, new(request.Source, request.Events, clock.Target), memory.Exclusions,
            memory.Live, gate.MayRegister, request.Way is RecordWay.Replay or RecordWay.Pull ? null : gate.HeldAfter,
            request.Payloads is { } payloads && payloads.Length == request.Events.Length ? payloads : null,
            request.Way == RecordWay.Webhook ? QuarantineForm.Foreign : QuarantineForm.Pushed);
        IntakeResult result;
        try
        {
            result = await intake.Record(item, cancellation);
        }
        catch (Exception exception) when (exception is not (
            BusyException or StorageUnavailableException or OperationCanceledException))
        {
            // It may have landed or not: the next activation reads what did. Where nothing was begun memory still holds,
            // and thousands that read again are no help to a database that is behind.
            recall.End();
            throw;
        }

        if (economy.Current.VoidTo is { } voidTo && clock.Now < voidTo)
        {
            // Some of it may be void as it comes: the rows say which.
            await recall.Reload();
        }
        else
        {
            await recall.Keep(After(memory, request.Source, result));
        }

        return
        [
            .. result.Decision.Events.Select(decided =>
                new EventAnswer(decided.Outcome, decided.Objection?.Field, decided.Objection?.Rule)),
        ];
    }

    private static ImmutableArray<EventAnswer> Rejected(RecordRequest request, string ofSource) =>
        [.. request.Events.Select(_ => Rejected(new Objection("source", ofSource)))];

    private static EventAnswer Rejected(Objection broken) => new(EventOutcome.Rejected, broken.Field, broken.Rule);

    public async Task<LimitsReply> GetLimits()
    {
        var memory = await recall.Fresh(CancellationToken.None);
        if (memory.Survivor is { } survivor)
        {
            return await grains.GetGrain<IEarnerGrain>(survivor).GetLimits();
        }

        return memory.Limits(DateOnly.FromDateTime(clock.Now.UtcDateTime), economy.Current.RuleBooks);
    }

    public async Task<ActivityPage> GetActivity(ActivityRequest request, CancellationToken cancellation)
    {
        var memory = await recall.Fresh(cancellation);
        if (memory.Survivor is { } survivor)
        {
            return await grains.GetGrain<IEarnerGrain>(survivor).GetActivity(request, cancellation);
        }

        return await events.Read(
            recall.Id, memory.Number, request, economy.Current.RuleBooks.Of(request.Week), memory.IsExcluded(request.Week),
            cancellation);
    }

    public async Task<StreakReply> GetStreak()
    {
        var memory = await recall.Fresh(CancellationToken.None);
        if (memory.Survivor is { } survivor)
        {
            return await grains.GetGrain<IEarnerGrain>(survivor).GetStreak();
        }

        return memory.Streak(WeekId.Of(clock.Now), economy.Current.RuleBooks);
    }

    // An event is ahead of its time, or this silo is behind: one that has stood still, was taken for dead and does not
    // know it yet has missed settings of the manual clock. Before an event is rejected for it, the stored setting is
    // read.
    private Task RefreshClockIfBehind(ImmutableArray<ActivityEvent> events, CancellationToken cancellation) =>
        clock.IsManual && events.Any(sent => sent.At - clock.Target > OutcomeRules.FutureTolerance)
            ? economy.Refresh(cancellation)
            : Task.CompletedTask;

    private ParticipantMemory After(ParticipantMemory memory, string source, IntakeResult result)
    {
        var next = memory.After(result.Number, clock.Now, result.Decision.LiveChanges);
        foreach (var decided in result.Decision.Events)
        {
            if (decided.Event.Type == ControlEvents.QualificationChanged
                && decided.Outcome is EventOutcome.Applied or EventOutcome.Ignored
                && decided.Event.Level is { } level)
            {
                next = next.WithLevel(new(decided.Event.At, source, decided.Event.Uuid, level));
            }
        }

        return next;
    }
}
