using System.Collections.Immutable;
using Stk.Rules.Activity;
using Stk.Rules.Objections;
using Stk.Rules.Participants;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;

namespace Stk.Rules.Intake;

/// <summary>
/// The outcomes of one participant's events, in order. They are answers in real time, never the base of points: those
/// are derived from the set of events when the week is sealed, where every stored event of a weighted type counts that is
/// not late and that no stored retraction takes back which is not late itself. SQL has these rules in the view
/// <c>activity.live_events</c>; invariant I9 holds every seal against the events.
/// </summary>
public static class OutcomeRules
{
    /// <summary>How far a source's clock may be ahead of ours.</summary>
    public static readonly TimeSpan FutureTolerance = TimeSpan.FromMinutes(5);

    /// <summary>Nothing happened before it.</summary>
    public static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Why an event of nobody is rejected where its source brings nobody new.</summary>
    public const string RegistrationRule = "must name a participant: registration by events is off";

    private static readonly Objection NotItsOwn =
        new("properties.retracts", "must name an event of the same source, distinct_id and type");

    public static IntakeDecision Decide(IntakeBatch batch, IntakeView view)
    {
        var memory = new Memory(batch, view);
        var decided = ImmutableArray.CreateBuilder<DecidedEvent>(batch.Events.Length);
        var stored = false;
        foreach (var activity in batch.Events)
        {
            var (outcome, objection) = Decide(activity, batch, view, memory);
            decided.Add(new(activity, outcome, objection));
            stored |= outcome.IsStored();
        }

        return new(decided.MoveToImmutable(), memory.Changes(), Registers: stored && view.Participant is null);
    }

    // The order of the checks is the rule: an event breaks several, and the first names its outcome.
    private static (EventOutcome Outcome, Objection? Objection) Decide(
        ActivityEvent activity, IntakeBatch batch, IntakeView view, Memory memory)
    {
        var book = view.RuleBookOf(activity.Week);
        if (EventShape.Check(activity, book) is { } malformed)
        {
            return (EventOutcome.Rejected, malformed);
        }

        if (memory.IsKnown(activity.Uuid))
        {
            return (EventOutcome.Duplicate, null);
        }

        if (Refusal(activity, batch, view) is { } refusal)
        {
            return (EventOutcome.Rejected, refusal);
        }

        if (ControlEvents.EvidenceOf(activity.Type, book) is { } evidence)
        {
            return DecideEvidence(activity, evidence, view, memory);
        }

        if (ControlEvents.EvidenceRetractedBy(activity.Type, book) is { } retracted)
        {
            return DecideEvidenceRetraction(activity, retracted, view, memory);
        }

        var retractedType = ControlEvents.TypeRetractedBy(activity.Type, book);
        var target = retractedType is null ? null : memory.Target(Named(activity));
        if (target is not null && !memory.IsOwn(target, retractedType))
        {
            return (EventOutcome.Rejected, NotItsOwn);
        }

        var rule = book.Weighted(activity.Type);
        var isIgnored = (rule is null && retractedType is null && activity.Type != ControlEvents.QualificationChanged)
            || view.Exclusions.InForce(activity.Week);
        var isClosed = IsClosed(activity.At, view);

        // Of a late target nothing is left to take back.
        var isTargetLate = target is not null && (target.Outcome == EventOutcome.Late || IsClosed(target.At, view));
        if (rule is not null && !isIgnored && !isClosed && batch.Now - activity.At > view.HeldAfter)
        {
            // As if it had never come: let in later it is decided anew.
            return (EventOutcome.Held, null);
        }

        var outcome = isIgnored ? EventOutcome.Ignored
            : isClosed || isTargetLate ? EventOutcome.Late
            : rule is null ? EventOutcome.Applied
            : memory.HasPlace(activity, rule) ? EventOutcome.Counted
            : EventOutcome.OverLimit;
        memory.Remember(activity, outcome);

        // An excluded account's events and retractions work all the same, in case it is let in before the seal.
        if (rule is not null && !isClosed)
        {
            memory.Take(activity);
        }
        else if (retractedType is not null && outcome != EventOutcome.Late && !isTargetLate)
        {
            memory.Free(activity, target);
        }

        return (outcome, null);
    }

    // It speaks of another week: neither its own being sealed nor an exclusion says anything of it.
    private static (EventOutcome Outcome, Objection? Objection) DecideEvidence(
        ActivityEvent activity, EvidenceKind evidence, IntakeView view, Memory memory)
    {
        var named = activity.For ?? throw new InvalidOperationException("evidence of no event is malformed");
        var target = memory.Target(named);
        if (target is not null && !memory.IsSpokenOf(target, evidence))
        {
            return (EventOutcome.Rejected, new(
                "properties.for", "must name an event of the same source and distinct_id, of a type that this is evidence of"));
        }

        // Of an event that never counted there is nothing to say; of one whose reward is decided no more.
        var isLate = activity.At < view.Genesis
            || (target is not null && (target.Outcome == EventOutcome.Late || view.Decided.Contains(named)));
        return Remembered(activity, isLate, memory);
    }

    private static (EventOutcome Outcome, Objection? Objection) DecideEvidenceRetraction(
        ActivityEvent activity, EvidenceKind retracted, IntakeView view, Memory memory)
    {
        var target = memory.Target(Named(activity));
        if (target is not null && !memory.IsOwn(target, retracted.WireName()))
        {
            return (EventOutcome.Rejected, NotItsOwn);
        }

        var isLate = activity.At < view.Genesis
            || (target is not null
                && (target.Outcome == EventOutcome.Late || (target.For is { } named && view.Decided.Contains(named))));
        return Remembered(activity, isLate, memory);
    }

    private static (EventOutcome Outcome, Objection? Objection) Remembered(
        ActivityEvent activity, bool isLate, Memory memory)
    {
        var outcome = isLate ? EventOutcome.Late : EventOutcome.Applied;
        memory.Remember(activity, outcome);
        return (outcome, null);
    }

    private static Objection? Refusal(ActivityEvent activity, IntakeBatch batch, IntakeView view)
    {
        if (view.Participant is null && !view.AutoRegistration)
        {
            return new("distinct_id", RegistrationRule);
        }

        // Whoever has such an id already goes on; only nobody new comes in under it.
        if (view.Participant is null && ParticipantId.CheckNewcomerByEvent(activity.DistinctId, "distinct_id") is { } broken)
        {
            return broken;
        }

        // Differences, not sums: the last week of year 9999 has no end.
        if (activity.At - batch.Now > FutureTolerance)
        {
            return new("timestamp", "must not be more than 5 minutes in the future");
        }

        return activity.At < Earliest ? new("timestamp", "must not be before the year 2000") : null;
    }

    private static bool IsClosed(DateTimeOffset at, IntakeView view) =>
        at < view.Genesis || view.SealedWeeks.Contains(WeekId.Of(at));

    private static Guid Named(ActivityEvent retraction) =>
        retraction.Retracts ?? throw new InvalidOperationException("a retraction without a target is malformed");

    /// <summary>The view, and what the events before have added to it.</summary>
    private sealed class Memory
    {
        private readonly IntakeBatch _batch;
        private readonly IntakeView _view;
        private readonly Dictionary<Guid, RetractionTarget> _targets = [];
        private readonly HashSet<WaitingRetraction> _waiting = [];
        private readonly HashSet<Guid> _accepted = [];
        private readonly HashSet<Guid> _retracted = [];
        private readonly Dictionary<ActivityDay, int> _changes = [];

        public Memory(IntakeBatch batch, IntakeView view)
        {
            _batch = batch;
            _view = view;
            foreach (var target in view.Targets)
            {
                // A uuid is unique within a source: our source's is meant, and another's only where there is none.
                if (target.Source == batch.Source || !_targets.ContainsKey(target.Uuid))
                {
                    _targets[target.Uuid] = target;
                }

                if (target.Source == batch.Source && target.IsRetracted)
                {
                    _retracted.Add(target.Uuid);
                }
            }
        }

        public bool IsKnown(Guid uuid) => _view.KnownUuids.Contains(uuid) || _accepted.Contains(uuid);

        public RetractionTarget? Target(Guid uuid) => _targets.GetValueOrDefault(uuid);

        public bool IsOwn(RetractionTarget target, string? type) =>
            target.Source == _batch.Source && target.Participant == Own && target.Type == type;

        // As the rule book of the target's week has it: that is the one which decides about its reward.
        public bool IsSpokenOf(RetractionTarget target, EvidenceKind evidence) =>
            target.Source == _batch.Source && target.Participant == Own
            && _view.RuleBookOf(target.Week).Vesting.Of(target.Type)?.Evidence == evidence;

        public bool HasPlace(ActivityEvent activity, ActivityRule rule)
        {
            var day = new ActivityDay(activity.Day, activity.Type);
            return _view.Live.GetValueOrDefault(day) + _changes.GetValueOrDefault(day) < rule.DayLimit;
        }

        public void Remember(ActivityEvent activity, EventOutcome outcome)
        {
            _accepted.Add(activity.Uuid);
            _targets[activity.Uuid] = new(
                activity.Uuid, _batch.Source, Own, activity.Type, activity.At, outcome, IsRetracted: false)
            {
                For = activity.For,
            };
        }

        public void Take(ActivityEvent activity)
        {
            var retraction = new WaitingRetraction(activity.Uuid, activity.Type + ControlEvents.RetractedSuffix);
            if (_view.Waiting.Contains(retraction) || _waiting.Contains(retraction))
            {
                _retracted.Add(activity.Uuid);
            }
            else
            {
                Change(new(activity.Day, activity.Type), 1);
            }
        }

        public void Free(ActivityEvent retraction, RetractionTarget? target)
        {
            if (target is null)
            {
                _waiting.Add(new(Named(retraction), retraction.Type));
            }
            else if (_view.RuleBookOf(target.Week).Weighted(target.Type) is not null && _retracted.Add(target.Uuid))
            {
                Change(new(target.Day, target.Type), -1);
            }
        }

        public ImmutableDictionary<ActivityDay, int> Changes() =>
            _changes.Where(change => change.Value != 0).ToImmutableDictionary();

        // No stored event is a new participant's, and no number is negative.
        private long Own => _view.Participant ?? -1;

        private void Change(ActivityDay day, int by) => _changes[day] = _changes.GetValueOrDefault(day) + by;
    }
}
