using Npgsql;
using Stk.Rules.Activity;
using Stk.Rules.Intake;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Activity;

/// <summary>What one intake commit has read under its locks, and what its own items add to that.</summary>
internal sealed class IntakeReading
{
    private readonly HashSet<WeekId> _sealed = [];
    private readonly HashSet<(int Source, Guid Uuid)> _known = [];
    private readonly Dictionary<string, long> _numbers = [];
    private readonly List<(int Source, RetractionTarget Target)> _targets = [];
    private readonly Dictionary<(int Source, long Participant), HashSet<WaitingRetraction>> _waiting = [];

    private readonly HashSet<(int Source, long Participant, Guid Uuid)> _decided = [];

    public IReadOnlySet<WeekId> SealedWeeks => _sealed;

    public long? NumberOf(IntakeItem item) =>
        item.Number ?? (_numbers.TryGetValue(item.ParticipantId, out var number) ? number : null);

    public IReadOnlySet<Guid> KnownOf(IntakeItem item) => item.Batch.Events
        .Select(activity => activity.Uuid)
        .Where(uuid => _known.Contains((item.SourceId, uuid)))
        .ToHashSet();

    /// <summary>The targets of any source: a retraction that names another's is told so.</summary>
    public IReadOnlyCollection<RetractionTarget> TargetsOf(IntakeItem item) =>
    [
        .. _targets.Select(target => target.Source == item.SourceId
            ? target.Target with { Source = item.Batch.Source }
            : target.Target),
    ];

    public IReadOnlySet<WaitingRetraction> WaitingOf(IntakeItem item) =>
        NumberOf(item) is { } number && _waiting.TryGetValue((item.SourceId, number), out var waiting)
            ? waiting
            : new HashSet<WaitingRetraction>();

    /// <summary>Of the item's own events that evidence speaks of, those whose frozen reward is decided.</summary>
    public IReadOnlySet<Guid> DecidedOf(IntakeItem item) => _decided
        .Where(decided => decided.Source == item.SourceId && decided.Participant == NumberOf(item))
        .Select(decided => decided.Uuid)
        .ToHashSet();

    /// <summary>Two items of one commit may bring the same event: the second one is a duplicate.</summary>
    public void Remember(IntakeItem item, IntakeDecision decision)
    {
        foreach (var decided in decision.Events)
        {
            if (decided.IsStored)
            {
                _known.Add((item.SourceId, decided.Event.Uuid));
            }
        }
    }

    public void Number(string participantId, long number) => _numbers[participantId] = number;

    public async Task ReadWeeks(NpgsqlDataReader row, CancellationToken cancellation)
    {
        while (await row.ReadAsync(cancellation))
        {
            if (row.GetBoolean(1))
            {
                _sealed.Add(WeekId.OfNumber(row.GetInt32(0)));
            }
        }
    }

    public async Task ReadKnown(NpgsqlDataReader row, CancellationToken cancellation)
    {
        while (await row.ReadAsync(cancellation))
        {
            _known.Add((row.GetInt32(0), row.GetGuid(1)));
        }
    }

    public async Task ReadNumbers(NpgsqlDataReader row, CancellationToken cancellation)
    {
        while (await row.ReadAsync(cancellation))
        {
            _numbers[row.GetString(0)] = row.GetInt64(1);
        }
    }

    public async Task ReadTargets(NpgsqlDataReader row, CancellationToken cancellation)
    {
        while (await row.ReadAsync(cancellation))
        {
            var target = new RetractionTarget(
                row.GetGuid(0),
                // A source other than the item's own is never asked for its name.
                Source: "",
                row.GetInt64(2),
                row.GetString(3),
                row.Instant(4),
                (EventOutcome)row.GetInt16(5),
                row.GetBoolean(6))
            {
                For = row.IsDBNull(8) ? null : row.GetGuid(8),
            };
            _targets.Add((row.GetInt32(1), target));
            if (row.GetBoolean(7))
            {
                _sealed.Add(target.Week);
            }
        }
    }

    public async Task ReadWaiting(NpgsqlDataReader row, CancellationToken cancellation)
    {
        while (await row.ReadAsync(cancellation))
        {
            var of = (row.GetInt32(0), row.GetInt64(1));
            if (!_waiting.TryGetValue(of, out var waiting))
            {
                _waiting.Add(of, waiting = []);
            }

            waiting.Add(new(row.GetGuid(2), row.GetString(3)));
        }
    }

    /// <summary>One row a grant that is decided, and an event of its participant, week and type.</summary>
    /// <param name="books">By which an event vests so many days, and stands for a grant of these.</param>
    public async Task ReadDecided(NpgsqlDataReader row, RuleBookHistory books, CancellationToken cancellation)
    {
        while (await row.ReadAsync(cancellation))
        {
            int? days = row.IsDBNull(5) ? null : row.GetInt16(5);
            if (books.Of(WeekId.OfNumber(row.GetInt32(3))).Weighted(row.GetString(4)) is { } rule
                && EventShape.VestsDays(days, rule) == row.GetInt16(6))
            {
                _decided.Add((row.GetInt32(0), row.GetInt64(1), row.GetGuid(2)));
            }
        }
    }
}
