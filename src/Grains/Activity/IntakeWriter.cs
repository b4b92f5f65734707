using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Stk.Grains.Economy;
using Stk.Grains.Sources;
using Stk.Rules.Activity;
using Stk.Rules.Intake;
using Stk.Rules.Participants;
using Stk.Rules.RuleBooks;
using Stk.Rules.Sources;
using Stk.Rules.Weeks;
using Stk.Storage;

namespace Stk.Grains.Activity;

/// <summary>
/// The one writer of activity on this silo: commits the events of all waiting participants together. Outcomes are
/// decided under the lock on the events' weeks; (source, uuid) is unique, so a repeat adds nothing.
/// </summary>
internal sealed class IntakeWriter : IAsyncDisposable
{
    private readonly IOptions<IntakeOptions> _options;
    private readonly EconomyCache _economy;
    private readonly EconomyClock _clock;
    private readonly BudgetMarks _marks;
    private readonly GroupCommit<IntakeItem, IntakeResult> _group;
    private readonly Counter<long> _outcomes;

    // Weeks whose row was there at our last commit; rows are never removed. Only the writer's loop touches it.
    private readonly HashSet<WeekId> _weeksSeen = [];

    public IntakeWriter(
        IOptions<IntakeOptions> options, EconomyCache economy, EconomyClock clock, BudgetMarks marks,
        WriterConnections connections, ILogger<IntakeWriter> log, IMeterFactory meters)
    {
        _options = options;
        _economy = economy;
        _clock = clock;
        _marks = marks;
        _outcomes = meters.Create("stk.activity").CreateCounter<long>("events", unit: "{event}");
        _group = new(
            new("activity", options.Value.CommitMax, options.Value.WaitingMax,
                TimeSpan.FromSeconds(options.Value.WaitSeconds), RetryFor: TimeSpan.FromSeconds(10)),
            connections, Commit, log, meters);
    }

    /// <summary>Participants' parts of requests that are in no batch yet.</summary>
    public int WaitingCount => _group.WaitingCount;

    /// <summary>Answered means committed.</summary>
    /// <exception cref="BusyException">Too many waiting: nothing was sent.</exception>
    /// <exception cref="StorageUnavailableException">No database: nothing was committed.</exception>
    /// <exception cref="OutcomeUnknownException">Committed or not: the same events sent again resolve it.</exception>
    public async Task<IntakeResult> Record(IntakeItem item, CancellationToken cancellation)
    {
        var result = await _group.Post(
            item, Math.Max(1, item.Batch.Events.Length), CommitPriority.Interactive, cancellation);
        foreach (var decided in result.Decision.Events)
        {
            _outcomes.Add(1, new KeyValuePair<string, object?>("outcome", decided.Outcome.WireName()));
        }

        return result;
    }

    public ValueTask DisposeAsync() => _group.DisposeAsync();

    private async Task<IReadOnlyList<IntakeResult>> Commit(
        CommitAttempt attempt, IReadOnlyList<IntakeItem> items, CancellationToken cancellation)
    {
        var snapshot = _economy.Current;
        var genesis = snapshot.Genesis
            ?? throw new InvalidOperationException("events reached the writer before genesis was set");
        var weeks = items.SelectMany(item => item.Batch.Events).Select(activity => activity.Week).ToHashSet();
        var reading = await Read(attempt, items, weeks, snapshot.RuleBooks, cancellation);

        var decisions = new List<IntakeDecision>(items.Count);
        foreach (var item in items)
        {
            var decision = OutcomeRules.Decide(item.Batch, new()
            {
                KnownUuids = reading.KnownOf(item),
                Genesis = genesis,
                SealedWeeks = reading.SealedWeeks,
                RuleBookOf = snapshot.RuleBooks.Of,
                Participant = reading.NumberOf(item),
                AutoRegistration = _options.Value.AutoRegistration && item.MayRegister,
                HeldAfter = item.HeldAfter,
                Exclusions = item.Exclusions,
                Targets = reading.TargetsOf(item),
                Waiting = reading.WaitingOf(item),
                Decided = reading.DecidedOf(item),
                Live = item.Live,
            });
            reading.Remember(item, decision);
            decisions.Add(decision);
        }

        await Register(attempt, items, decisions, reading, cancellation);
        await Write(attempt, items, decisions, reading, snapshot.RuleBooks, _clock.Now, cancellation);
        _weeksSeen.UnionWith(weeks);
        _marks.Mark(weeks);
        return [.. items.Zip(decisions, (item, decision) => new IntakeResult(decision, reading.NumberOf(item)))];
    }

    // Locks first, then looks: what is read here stays true until COMMIT, but for what another silo inserts meanwhile.
    private async Task<IntakeReading> Read(
        CommitAttempt attempt, IReadOnlyList<IntakeItem> items, HashSet<WeekId> weeks, RuleBookHistory books,
        CancellationToken cancellation)
    {
        var uuids = items.SelectMany(item => item.Batch.Events).Select(activity => activity.Uuid).ToArray();
        var newcomers = items.Where(item => item.Number is null).Select(item => item.ParticipantId).Distinct().ToArray();
        var named = Named(items, books);
        var shards = Shards(items, books);

        await using var batch = attempt.Begin();
        if (!weeks.IsSubsetOf(_weeksSeen))
        {
            batch.BatchCommands.Add(EventTable.AddWeeks(weeks));
        }

        batch.BatchCommands.Add(EventTable.LockWeeks(weeks, andAllOpen: named.Length > 0));
        if (shards.Length > 0)
        {
            batch.BatchCommands.Add(EvidenceTable.LockShards(shards, Evident(items, books)));
        }

        batch.BatchCommands.Add(EventTable.ReadKnown(uuids));
        batch.BatchCommands.Add(EventTable.ReadNumbers(newcomers));
        batch.BatchCommands.Add(EventTable.ReadTargets(named));
        batch.BatchCommands.Add(EventTable.ReadWaiting(uuids));
        if (shards.Length > 0)
        {
            batch.BatchCommands.Add(EvidenceTable.ReadDecided(named));
        }

        var reading = new IntakeReading();
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        await reading.ReadWeeks(row, cancellation);
        await row.NextResultAsync(cancellation);
        if (shards.Length > 0)
        {
            await EvidenceTable.ExpectShards(row, shards, cancellation);
            await row.NextResultAsync(cancellation);
        }

        await reading.ReadKnown(row, cancellation);
        await row.NextResultAsync(cancellation);
        await reading.ReadNumbers(row, cancellation);
        await row.NextResultAsync(cancellation);
        await reading.ReadTargets(row, cancellation);
        await row.NextResultAsync(cancellation);
        await reading.ReadWaiting(row, cancellation);
        if (shards.Length > 0)
        {
            await row.NextResultAsync(cancellation);
            await reading.ReadDecided(row, books, cancellation);
        }

        return reading;
    }

    // What retractions take back and evidence speaks of.
    private static Guid[] Named(IEnumerable<IntakeItem> items, RuleBookHistory books) => items
        .SelectMany(item => item.Batch.Events)
        .Where(activity => activity.Type != ControlEvents.QualificationChanged
            && ControlEvents.IsControl(activity.Type, books.Of(activity.Week)))
        .Select(activity =>
            (ControlEvents.EvidenceOf(activity.Type) is null ? activity.Retracts : activity.For) ?? Guid.Empty)
        .Distinct().ToArray();

    // Of those whom evidence speaks of, in order; few requests have any.
    private static short[] Shards(IEnumerable<IntakeItem> items, RuleBookHistory books) =>
        [.. Evident(items, books).Select(id => (short)ParticipantId.Shard(id)).Distinct().Order()];

    private static string[] Evident(IEnumerable<IntakeItem> items, RuleBookHistory books) => items
        .Where(item => item.Batch.Events.Any(activity => IsOfEvidence(activity, books.Of(activity.Week))))
        .Select(item => item.ParticipantId).Distinct().ToArray();

    private static bool IsOfEvidence(ActivityEvent activity, RuleBook book) =>
        ControlEvents.EvidenceOf(activity.Type, book) is not null
        || ControlEvents.EvidenceRetractedBy(activity.Type, book) is not null;

    private async Task Register(
        CommitAttempt attempt, IReadOnlyList<IntakeItem> items, List<IntakeDecision> decisions, IntakeReading reading,
        CancellationToken cancellation)
    {
        var ids = items.Where((_, i) => decisions[i].Registers).Select(item => item.ParticipantId).Distinct().ToArray();
        if (ids.Length == 0)
        {
            return;
        }

        await using var batch = new NpgsqlBatch(attempt.Connection);
        batch.BatchCommands.Add(EventTable.Register(
            ids, [.. ids.Select(id => (short)ParticipantId.Shard(id))], _clock.Now));
        batch.BatchCommands.Add(EventTable.ReadNumbers(ids));
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        await reading.ReadNumbers(row, cancellation);
    }

    private static async Task Write(
        CommitAttempt attempt, IReadOnlyList<IntakeItem> items, List<IntakeDecision> decisions, IntakeReading reading,
        RuleBookHistory books, DateTimeOffset now, CancellationToken cancellation)
    {
        var rows = new List<EventRow>();
        var held = new List<QuarantineRow>();
        for (var i = 0; i < items.Count; i++)
        {
            foreach (var (place, decided) in decisions[i].Events.Index())
            {
                if (decided.IsStored)
                {
                    rows.Add(Row(items[i], decided, reading, books.Of(decided.Event.Week), now));
                }
                else if (decided.Outcome == EventOutcome.Held)
                {
                    held.Add(Held(items[i], place, now));
                }
            }
        }

        if (rows.Count == 0 && held.Count == 0)
        {
            return;
        }

        await using var batch = new NpgsqlBatch(attempt.Connection);
        if (rows.Count > 0)
        {
            batch.BatchCommands.Add(EventTable.Insert(rows));
            EvidenceTable.AddTo(batch, rows);
        }

        if (held.Count > 0)
        {
            batch.BatchCommands.Add(QuarantineTable.Insert(held));
        }

        FaultPoints.Reach("intake.before-commit");
        await attempt.Commit(batch, cancellation);
        FaultPoints.Reach("intake.after-commit");
    }

    private static QuarantineRow Held(IntakeItem item, int place, DateTimeOffset now)
    {
        var activity = item.Batch.Events[place];
        return item.Payloads is { } payloads
            ? new(item.SourceId, activity.Uuid, item.Form, QuarantineReasons.Held, null, null, payloads[place], now)
            : new(
                item.SourceId, activity.Uuid, QuarantineForm.Named, QuarantineReasons.Held, null, null,
                EventPayload.Of(activity), now);
    }

    private static EventRow Row(
        IntakeItem item, DecidedEvent decided, IntakeReading reading, RuleBook book, DateTimeOffset now)
    {
        var activity = decided.Event;
        var isVarying = book.Weighted(activity.Type)?.DaysMayVary ?? false;
        var isRetraction = ControlEvents.TypeRetractedBy(activity.Type, book) is not null
            || ControlEvents.EvidenceRetractedBy(activity.Type, book) is not null;
        return new(
            item.SourceId,
            activity.Uuid,
            reading.NumberOf(item) ?? throw new InvalidOperationException("a stored event has a participant"),
            activity.Week.Number,
            activity.Day,
            (short)ParticipantId.Shard(item.ParticipantId),
            decided.Outcome,
            isVarying ? (short?)activity.Days : null,
            activity.Type == ControlEvents.QualificationChanged ? (short?)activity.Level : null,
            activity.At,
            isRetraction ? activity.Retracts : null,
            activity.Type,
            ControlEvents.EvidenceOf(activity.Type, book) is not null && activity.For is { } named
                ? new(named, activity.Approved, (short?)activity.Rating)
                : null,
            // What is late never earns: whom it names is nobody's business.
            decided.Outcome != EventOutcome.Late
                && book.Vesting.Of(activity.Type)?.Evidence == EvidenceKind.Referred ? activity.Referred : null,
            now);
    }
}
