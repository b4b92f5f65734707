using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.Rules.Activity;
using Stk.Rules.Participants;
using Stk.Rules.Weeks;

namespace Stk.Grains.Participants;

/// <summary>
/// What a participant's actor knows from the database: <c>activity.participants</c>, <c>activity.profile_changes</c>, and
/// its own part of <c>activity.events</c>.
/// </summary>
internal sealed class ParticipantTable(NpgsqlDataSource database)
{
    private const string NumberSql = "SELECT number FROM activity.participants WHERE id = $1";

    private const string ReadSql = "SELECT number, registered_at FROM activity.participants WHERE id = $1";

    private const string LevelsSql = """
        SELECT event.at, source.name, event.uuid, event.level
        FROM activity.events event
        JOIN activity.sources source ON source.id = event.source_id
        JOIN activity.participants participant ON participant.number = event.participant
        WHERE participant.id = $1 AND event.level IS NOT NULL AND event.outcome <> 4
        UNION ALL
        SELECT change.at, 'admin', change.uuid, change.level
        FROM activity.profile_changes change
        JOIN activity.participants participant ON participant.number = change.participant
        WHERE participant.id = $1 AND change.level IS NOT NULL
        """;

    private const string ExclusionsSql = """
        SELECT change.at, 'admin', change.uuid, change.excluded
        FROM activity.profile_changes change
        JOIN activity.participants participant ON participant.number = change.participant
        WHERE participant.id = $1 AND change.excluded IS NOT NULL
        """;

    private const string LiveSql = """
        SELECT event.day, event.type, count(*)::integer
        FROM activity.events event
        JOIN activity.participants participant ON participant.number = event.participant
        WHERE participant.id = $1 AND event.week = ANY($2) AND event.shard = $3 AND event.outcome <> 4
            AND event.level IS NULL AND event.retracts IS NULL
            AND NOT EXISTS (
                SELECT FROM activity.events retraction
                WHERE retraction.retracts = event.uuid AND retraction.source_id = event.source_id
                    AND retraction.participant = event.participant AND retraction.type = event.type || 'Retracted'
                    AND retraction.outcome <> 4)
        GROUP BY event.day, event.type
        """;

    private const string StreakSql = """
        SELECT statement.streak FROM weeks.statements statement
        JOIN activity.participants participant ON participant.number = statement.participant
        WHERE participant.id = $1 AND statement.week = $2
        """;

    private const string RegisterSql = """
        INSERT INTO activity.participants (id, shard, registered_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING
        """;

    private const string AddWeekSql = "INSERT INTO activity.weeks (week) VALUES ($1) ON CONFLICT DO NOTHING";

    // Like intake: a seal of the change's week waits for it, or comes first.
    private const string LockWeekSql = "SELECT sealed_at IS NOT NULL FROM activity.weeks WHERE week = $1 FOR SHARE";

    private const string ChangeSql = """
        INSERT INTO activity.profile_changes (uuid, participant, at, level, excluded, reason, by)
        SELECT $2, number, $3, $4, $5, $6, $7 FROM activity.participants WHERE id = $1
        """;

    /// <summary>Null where nobody has this id.</summary>
    public async Task<long?> ReadNumber(string id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(NumberSql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = id });
        return await command.ExecuteScalarAsync(cancellation) as long?;
    }

    /// <summary>All that the actor remembers, in one round trip.</summary>
    /// <param name="openWeeks">The weeks without statements that events may fall into.</param>
    /// <param name="scoredThrough">The last week with statements; null before the first.</param>
    public async Task<ParticipantMemory> Load(
        string id, IReadOnlyCollection<WeekId> openWeeks, WeekId? scoredThrough, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(ReadSql) { Parameters = { Text(id) } },
                new(LevelsSql) { Parameters = { Text(id) } },
                new(ExclusionsSql) { Parameters = { Text(id) } },
                new(LiveSql)
                {
                    Parameters =
                    {
                        Text(id),
                        new NpgsqlParameter<int[]> { TypedValue = [.. openWeeks.Select(week => week.Number)] },
                        new NpgsqlParameter<short> { TypedValue = (short)ParticipantId.Shard(id) },
                    },
                },
                new(StreakSql)
                {
                    Parameters = { Text(id), new NpgsqlParameter<int> { TypedValue = scoredThrough?.Number ?? 0 } },
                },
            },
        };
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        (long Number, DateTimeOffset RegisteredAt)? who = await row.ReadAsync(cancellation)
            ? (row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1))
            : null;
        var levels = await ReadChanges(row, reader => (int)reader.GetInt16(3), cancellation);
        var exclusions = await ReadChanges(row, reader => reader.GetBoolean(3), cancellation);
        await row.NextResultAsync(cancellation);
        var live = ImmutableDictionary.CreateBuilder<ActivityDay, int>();
        while (await row.ReadAsync(cancellation))
        {
            live.Add(new(row.GetFieldValue<DateOnly>(0), row.GetString(1)), row.GetInt32(2));
        }

        await row.NextResultAsync(cancellation);
        var streak = await row.ReadAsync(cancellation) ? row.GetInt32(0) : 0;
        return new(
            who?.Number, who?.RegisteredAt, new(Rules.Qualification.Level.First, levels), new(false, exclusions),
            live.ToImmutable(), scoredThrough, streak);
    }

    /// <summary>Registers the participant where needed and stores the change, all or nothing.</summary>
    /// <returns>False where the change's week is sealed: take a later instant.</returns>
    public async Task<bool> Change(string id, ProfileChange change, CancellationToken cancellation)
    {
        var week = WeekId.Of(change.At).Number;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new(AddWeekSql) { Parameters = { new NpgsqlParameter<int> { TypedValue = week } } },
                new(LockWeekSql) { Parameters = { new NpgsqlParameter<int> { TypedValue = week } } },
            },
        })
        {
            if (await batch.ExecuteScalarAsync(cancellation) is true)
            {
                return false;
            }
        }

        await using (var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new(RegisterSql)
                {
                    Parameters =
                    {
                        Text(id),
                        new NpgsqlParameter<short> { TypedValue = (short)ParticipantId.Shard(id) },
                        new NpgsqlParameter<DateTimeOffset> { TypedValue = change.At },
                    },
                },
                new(ChangeSql)
                {
                    Parameters =
                    {
                        Text(id),
                        new NpgsqlParameter<Guid> { TypedValue = change.Uuid },
                        new NpgsqlParameter<DateTimeOffset> { TypedValue = change.At },
                        Nullable((short?)change.Level, NpgsqlDbType.Smallint),
                        Nullable(change.IsExcluded, NpgsqlDbType.Boolean),
                        Text(change.Reason),
                        Text(change.By),
                    },
                },
            },
        })
        {
            await batch.ExecuteNonQueryAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return true;
    }

    private static async Task<ImmutableArray<Change<T>>> ReadChanges<T>(
        NpgsqlDataReader row, Func<NpgsqlDataReader, T> value, CancellationToken cancellation)
    {
        await row.NextResultAsync(cancellation);
        var changes = ImmutableArray.CreateBuilder<Change<T>>();
        while (await row.ReadAsync(cancellation))
        {
            changes.Add(new(row.GetFieldValue<DateTimeOffset>(0), row.GetString(1), row.GetGuid(2), value(row)));
        }

        return changes.ToImmutable();
    }

    private static NpgsqlParameter<string> Text(string text) => new() { TypedValue = text };

    private static NpgsqlParameter Nullable<T>(T? value, NpgsqlDbType type)
        where T : struct => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = type };
}

/// <summary>What an operator changes, as source <c>admin</c>.</summary>
internal sealed record ProfileChange(
    Guid Uuid, DateTimeOffset At, int? Level, bool? IsExcluded, string Reason, string By);
