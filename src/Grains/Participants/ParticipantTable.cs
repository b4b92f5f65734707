using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Npgsql;
using NpgsqlTypes;
using Stk.Grains.Activity;
using Stk.Rules.Activity;
using Stk.Rules.Participants;
using Stk.Rules.RuleBooks;
using Stk.Rules.Time;
using Stk.Rules.Vesting;
using Stk.Rules.Weeks;
using Stk.Storage;
using Stk.Storage.Sql;

namespace Stk.Grains.Participants;

/// <summary>
/// What a participant's actor knows from the database: <c>activity.participants</c>, <c>activity.profile_changes</c>, and
/// its own part of <c>activity.events</c>.
/// </summary>
internal sealed class ParticipantTable
{
    // A silo that wakes thousands asks the database a few times.
    private static readonly GroupReadSettings Loads = new(
        "participants", KeysMax: 500, ReadsMax: 2, WaitingMax: 20_000, WaitMax: TimeSpan.FromSeconds(8));

    private const string NumberSql = "SELECT number FROM activity.participants WHERE id = $1";

    private const string PlaceSql = "SELECT number, shard FROM activity.participants WHERE id = $1";

    private const string ReadSql = """
        SELECT participant.id, participant.number, participant.registered_at, survivor.id,
            EXISTS (SELECT FROM activity.linked own WHERE own.survivor = participant.number)
        FROM activity.participants participant
        LEFT JOIN activity.linked ON linked.identity = participant.number
        LEFT JOIN activity.participants survivor ON survivor.number = linked.survivor
        WHERE participant.id = ANY($1)
        """;

    // OFFSET keeps a look-up inside, so that each statement goes from the participants to what is theirs, whatever the
    // tables looked like when its plan was made.
    private const string Asked = "(SELECT number, shard FROM activity.participants WHERE id = ANY($1) OFFSET 0) asked";

    // Each with those that belong to them: as they are themselves.
    private const string All = $"""
        (SELECT asked.number, self.number AS self, self.shard FROM {Asked}
            CROSS JOIN LATERAL (
                SELECT asked.number, asked.shard UNION ALL
                SELECT identity.number, identity.shard FROM activity.linked
                JOIN activity.participants identity ON identity.number = linked.identity
                WHERE linked.survivor = asked.number) AS self OFFSET 0) asked
        """;

    private const string LevelsSql = $"""
        SELECT asked.number, change.* FROM {All}
        CROSS JOIN LATERAL (
            SELECT event.at, source.name, event.uuid, event.level, true
            FROM activity.events event JOIN activity.sources source ON source.id = event.source_id
            WHERE event.participant = asked.self AND event.level IS NOT NULL AND event.outcome <> {SqlOutcomes.Late}
                AND {SqlVoids.EventStands}
            UNION ALL
            SELECT at, 'admin', uuid, level, stands FROM activity.profile_changes
            WHERE participant = asked.self AND (level IS NOT NULL OR takes_back_level)
            OFFSET 0) change
        """;

    private const string ExclusionsSql = $"""
        SELECT asked.number, change.*, asked.self FROM {All}
        CROSS JOIN LATERAL (
            SELECT at, 'admin', uuid, excluded, true FROM activity.profile_changes
            WHERE participant = asked.self AND (excluded IS NOT NULL OR takes_back_exclusion) OFFSET 0) change
        """;

    private const string LiveSql = $"""
        SELECT asked.number, event.day, event.type, event.count FROM {All}
        CROSS JOIN unnest($2::integer[]) AS open (week)
        CROSS JOIN LATERAL (
            SELECT day, type, count(*)::integer AS count FROM activity.live_events
            WHERE week = open.week AND shard = asked.shard AND participant = asked.self
                AND level IS NULL AND retracts IS NULL
            GROUP BY day, type) event
        """;

    private const string StreakSql = $"""
        SELECT asked.number, statement.streak FROM {All}
        CROSS JOIN LATERAL (
            SELECT streak FROM weeks.statements
            WHERE week = $2 AND shard = asked.shard AND participant = asked.self OFFSET 0) statement
        """;

    // Not EXISTS or EXISTS: that is planned as a table of all grants of the day, of whomever.
    private const string UnlockSql = $"""
        SELECT asked.number FROM {Asked}
        CROSS JOIN LATERAL (
            (SELECT 1 FROM weeks.grants granted
                WHERE granted.participant = asked.number AND granted.unlocks_on = $2 AND granted.decided_on IS NULL LIMIT 1)
            UNION ALL
            (SELECT 1 FROM spending.fund_grants granted
                WHERE granted.participant = asked.number AND granted.unlocks_on = $2 AND granted.decided_on IS NULL LIMIT 1)
            LIMIT 1) AS unlocking
        """;

    private const string RegisterSql = """
        INSERT INTO activity.participants (id, shard, registered_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING
        """;

    private const string AddWeekSql = "INSERT INTO activity.weeks (week) VALUES ($1) ON CONFLICT DO NOTHING";

    // Like intake: a seal of the change's week waits for it, or comes first.
    private const string LockWeekSql = "SELECT sealed_at IS NOT NULL FROM activity.weeks WHERE week = $1 FOR SHARE";

    private const string ChangeSql = """
        INSERT INTO activity.profile_changes (
            uuid, participant, at, level, excluded, reason, by, takes_back_level, takes_back_exclusion)
        SELECT $2, number, $3, $4, $5, $6, $7, $8, $9 FROM activity.participants WHERE id = $1
        """;

    private readonly SingleCommit _commits;
    private readonly IClock _clock;
    private readonly LookupConnections _lookups;
    private readonly GroupRead<LoadKey, ParticipantMemory> _loads;

    public ParticipantTable(
        SingleCommit commits, LookupConnections lookups, IMeterFactory meters, TimeProvider time, IClock clock)
    {
        _clock = clock;
        _commits = commits;
        _lookups = lookups;
        _loads = new(Loads, Load, meters, time);
    }

    /// <summary>Null where nobody has this id.</summary>
    public async Task<long?> ReadNumber(string id, CancellationToken cancellation)
    {
        await using var command = _lookups.Source.CreateCommand(NumberSql).With(id);
        return await command.ExecuteScalarAsync(cancellation) as long?;
    }

    /// <summary>Where a participant's rows stand; null where nobody has this id.</summary>
    public async Task<(long Number, int Shard)?> ReadPlace(string id, CancellationToken cancellation)
    {
        await using var command = _lookups.Source.CreateCommand(PlaceSql).With(id);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? (row.GetInt64(0), row.GetInt16(1)) : null;
    }

    /// <summary>All that the actor remembers of activity, read together with whoever else is waking.</summary>
    /// <param name="span">The weeks without statements, and the last one with.</param>
    public async Task<ParticipantMemory> Load(string id, WeekSpan span, CancellationToken cancellation) =>
        await _loads.Get(new(id, span), cancellation)
            ?? new(
                null, null, new(Level.First, []), new(false, []), ImmutableDictionary<ActivityDay, int>.Empty,
                span.ScoredThrough, 0);

    /// <summary>Registers the participant where needed and stores the change, all or nothing.</summary>
    /// <param name="behind">Commands of the same transaction, the last before COMMIT.</param>
    /// <returns>False where the change's week is sealed: take a later instant.</returns>
    public Task<bool> Change(
        string id, ProfileChange change, IReadOnlyList<NpgsqlBatchCommand> behind, CancellationToken cancellation)
    {
        var week = WeekId.Of(change.At).Number;
        return _commits.Run(
            async attempt =>
            {
                await using (var begin = attempt.Begin())
                {
                    begin.BatchCommands.Add(new NpgsqlBatchCommand(AddWeekSql).With(week));
                    begin.BatchCommands.Add(new NpgsqlBatchCommand(LockWeekSql).With(week));
                    if (await begin.ExecuteScalarAsync(cancellation) is true)
                    {
                        return false;
                    }
                }

                await using var batch = new NpgsqlBatch(attempt.Connection)
                {
                    BatchCommands =
                    {
                        new NpgsqlBatchCommand(RegisterSql).With(id).With((short)ParticipantId.Shard(id)).With(change.At),
                        new NpgsqlBatchCommand(ChangeSql)
                            .With(id).With(change.Uuid).With(change.At)
                            .WithNullable((short?)change.Level, NpgsqlDbType.Smallint)
                            .WithNullable(change.IsExcluded, NpgsqlDbType.Boolean).With(change.Reason).With(change.By)
                            .With(change.TakesBackLevel).With(change.TakesBackExclusion),
                    },
                };
                foreach (var command in behind)
                {
                    batch.BatchCommands.Add(command);
                }

                // With COMMIT in one write: they may hold what others wait for.
                await attempt.Commit(batch, CancellationToken.None);
                return true;
            },
            cancellation);
    }

    private async Task<IReadOnlyDictionary<LoadKey, ParticipantMemory>> Load(
        IReadOnlyCollection<LoadKey> keys, CancellationToken cancellation)
    {
        var loaded = new Dictionary<LoadKey, ParticipantMemory>(keys.Count);
        foreach (var group in keys.GroupBy(key => key.Span))
        {
            foreach (var (id, memory) in await Load([.. group.Select(key => key.Id)], group.Key, cancellation))
            {
                loaded.Add(new(id, group.Key), memory);
            }
        }

        return loaded;
    }

    private async Task<IEnumerable<(string Id, ParticipantMemory Memory)>> Load(
        string[] ids, WeekSpan span, CancellationToken cancellation)
    {
        await using var connection = await _lookups.Source.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(ReadSql).With(ids),
                new NpgsqlBatchCommand(LevelsSql).With(ids),
                new NpgsqlBatchCommand(ExclusionsSql).With(ids),
                new NpgsqlBatchCommand(LiveSql).With(ids).With(span.Open().Select(week => week.Number).ToArray()),
                new NpgsqlBatchCommand(StreakSql).With(ids).With(span.ScoredThrough?.Number ?? 0),
                new NpgsqlBatchCommand(UnlockSql).With(ids).With(UnlockPrompt.NextDay(_clock.Now)),
            },
        };
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        var who = new List<(string Id, long Number, DateTimeOffset RegisteredAt, string? Survivor, bool HasMembers)>(
            ids.Length);
        while (await row.ReadAsync(cancellation))
        {
            who.Add((row.GetString(0), row.GetInt64(1), row.Instant(2), row.TextOrNull(3), row.GetBoolean(4)));
        }

        var levels = await ReadLookup(row, reader => ReadChange(reader, reader => (int)reader.GetInt16(4)), cancellation);
        var exclusions = await ReadLookup(
            row, reader => (Self: reader.GetInt64(6), Change: ReadChange(reader, reader => reader.GetBoolean(4))),
            cancellation);
        var live = await ReadLookup(
            row,
            reader => KeyValuePair.Create(
                new ActivityDay(reader.GetFieldValue<DateOnly>(1), reader.GetString(2)), reader.GetInt32(3)),
            cancellation);
        var streaks = await ReadLookup(row, reader => reader.GetInt32(1), cancellation);
        var unlocking = await ReadLookup(row, _ => true, cancellation);
        return who.Select(one => (one.Id, new ParticipantMemory(
            one.Number, one.RegisteredAt, new(Level.First, levels[one.Number]),
            new(false, exclusions[one.Number].Where(said => said.Self == one.Number).Select(said => said.Change)),
            live[one.Number].GroupBy(day => day.Key).ToImmutableDictionary(day => day.Key, day => day.Sum(own => own.Value)),
            span.ScoredThrough, streaks[one.Number].DefaultIfEmpty().Max())
        {
            UnlocksTomorrow = unlocking.Contains(one.Number),
            Survivor = one.Survivor,
            HasMembers = one.HasMembers,
            MembersExclusions =
            [
                .. exclusions[one.Number].Where(said => said.Self != one.Number).GroupBy(said => said.Self)
                    .Select(member => new Timeline<bool>(false, member.Select(said => said.Change))),
            ],
        }));
    }

    // Without a value an operator takes back what operators have said.
    private static Change<T> ReadChange<T>(NpgsqlDataReader row, Func<NpgsqlDataReader, T> value)
        where T : struct => row.IsDBNull(4)
        ? new(row.Instant(1), row.GetString(2), row.GetGuid(3), default) { IsTakenBack = true }
        : new(row.Instant(1), row.GetString(2), row.GetGuid(3), value(row)) { IsPassing = !row.GetBoolean(5) };

    // By participant number, which is the first column.
    private static async Task<ILookup<long, T>> ReadLookup<T>(
        NpgsqlDataReader row, Func<NpgsqlDataReader, T> value, CancellationToken cancellation)
    {
        await row.NextResultAsync(cancellation);
        var rows = new List<(long Participant, T Value)>();
        while (await row.ReadAsync(cancellation))
        {
            rows.Add((row.GetInt64(0), value(row)));
        }

        return rows.ToLookup(pair => pair.Participant, pair => pair.Value);
    }
}

/// <summary>What an operator changes, as source <c>admin</c>.</summary>
internal sealed record ProfileChange(
    Guid Uuid, DateTimeOffset At, int? Level, bool? IsExcluded, string Reason, string By)
{
    /// <summary>Takes back operators' word on the level, and sets none.</summary>
    public bool TakesBackLevel { get; init; }

    /// <summary>Takes back operators' word on the exclusion, and says none.</summary>
    public bool TakesBackExclusion { get; init; }
}

/// <summary>Which weeks an actor's memory is of.</summary>
/// <param name="ScoredThrough">The last week with statements; null before the first.</param>
/// <param name="First">The first week without.</param>
/// <param name="Last">The last that an event may fall into. Before <paramref name="First"/> where there is none.</param>
internal readonly record struct WeekSpan(WeekId? ScoredThrough, WeekId First, WeekId Last)
{
    public IEnumerable<WeekId> Open()
    {
        for (var week = First; week <= Last; week = week.Next)
        {
            yield return week;
        }
    }
}

internal readonly record struct LoadKey(string Id, WeekSpan Span);
