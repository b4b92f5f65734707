using System.Collections.Immutable;
using Stk.Rules.Activity;
using Stk.Rules.Intake;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;
using Stk.Simulation.Mistakes;
using Stk.Simulation.Servers;

namespace Stk.Simulation.Intakes;

/// <summary>A row of the events' table.</summary>
internal sealed record StoredEvent(string Source, long Participant, ActivityEvent Event, EventOutcome Outcome);

/// <summary>A day of a participant, as it is sealed.</summary>
internal readonly record struct SealedDay(long Participant, string Type, DateOnly Day, int Received, int Counted);

/// <summary>Weeks, events and seals: what is committed.</summary>
internal sealed class IntakeTables(Mistake mistake)
{
    private readonly Dictionary<(string Source, Guid Uuid), StoredEvent> _events = [];
    private readonly Dictionary<WeekId, RowLock> _locks = [];
    private readonly HashSet<WeekId> _sealed = [];
    private readonly Dictionary<WeekId, ImmutableArray<SealedDay>> _seals = [];

    public IReadOnlyDictionary<(string Source, Guid Uuid), StoredEvent> Events => _events;

    public IReadOnlyDictionary<WeekId, ImmutableArray<SealedDay>> Seals => _seals;

    public RowLock LockOf(WeekId week) => _locks.TryGetValue(week, out var row) ? row : _locks[week] = new();

    public bool IsSealed(WeekId week) => _sealed.Contains(week);

    public void Seal(WeekId week) => _sealed.Add(week);

    /// <summary>Once: a second aggregate finds the first one's.</summary>
    public void Aggregate(WeekId week) => _seals.TryAdd(week, SealOf(week));

    /// <summary>What the events that are here come to, in the week's order of rows.</summary>
    public ImmutableArray<SealedDay> SealOf(WeekId week) =>
    [
        .. _events.Values
            .Where(stored => stored.Event.Week == week && stored.Outcome != EventOutcome.Late
                && RuleBook.FromTheSource.Weighted(stored.Event.Type) is not null && !IsRetracted(stored))
            .GroupBy(stored => (stored.Participant, stored.Event.Type, stored.Event.Day))
            .Select(day => new SealedDay(
                day.Key.Participant, day.Key.Type, day.Key.Day, day.Count(),
                Math.Min(day.Count(), RuleBook.FromTheSource.Weighted(day.Key.Type)!.DayLimit)))
            .OrderBy(day => day.Participant).ThenBy(day => day.Type, StringComparer.Ordinal).ThenBy(day => day.Day),
    ];

    public bool IsKnown(string source, Guid uuid) => mistake == Mistake.UuidKnownWithoutSource
        ? _events.Keys.Any(key => key.Uuid == uuid)
        : _events.ContainsKey((source, uuid));

    public IReadOnlyCollection<RetractionTarget> Targets(IReadOnlySet<Guid> uuids) =>
    [
        .. _events.Values.Where(stored => uuids.Contains(stored.Event.Uuid)).Select(stored => new RetractionTarget(
            stored.Event.Uuid, stored.Source, stored.Participant, stored.Event.Type, stored.Event.At, stored.Outcome,
            IsRetracted(stored))),
    ];

    public IReadOnlySet<WaitingRetraction> Waiting(string source, long participant) => _events.Values
        .Where(stored => stored.Source == source && stored.Participant == participant
            && stored.Event.Retracts is not null && stored.Outcome != EventOutcome.Late)
        .Select(stored => new WaitingRetraction(stored.Event.Retracts ?? Guid.Empty, stored.Event.Type))
        .ToHashSet();

    /// <summary>All rows, or an exception and none.</summary>
    public void Insert(IReadOnlyList<StoredEvent> rows)
    {
        var isCounted = mistake != Mistake.IntakeRowCountNotChecked;
        if (isCounted && rows.Any(row => _events.ContainsKey((row.Source, row.Event.Uuid))))
        {
            throw ServerErrors.RowsMissed("activity.events");
        }

        foreach (var row in rows)
        {
            _events.TryAdd((row.Source, row.Event.Uuid), row);
        }
    }

    private bool IsRetracted(StoredEvent target) => _events.Values.Any(stored =>
        stored.Event.Retracts == target.Event.Uuid && stored.Source == target.Source
        && stored.Participant == target.Participant && stored.Outcome != EventOutcome.Late
        && stored.Event.Type == target.Event.Type + ControlEvents.RetractedSuffix);
}
