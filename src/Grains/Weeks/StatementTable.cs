using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;
using Stk.Reports.Statements;
using Stk.Reports.Weekly;
using Stk.Rules.Money;
using Stk.Rules.Statements;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Weeks;

/// <summary>
/// Table <c>weeks.statements</c>. All SQL that touches it is in this file, but for the seal's look at the streak.
/// </summary>
internal sealed class StatementTable(NpgsqlDataSource database)
{
    // One writer at a time for a shard: the second one finds the statements of the first.
    private const string LockSql = "SELECT pg_advisory_xact_lock($1, $2)";

    private const string ExistsSql = "SELECT EXISTS (SELECT FROM weeks.statements WHERE week = $1 AND shard = $2)";

    private const string CopySql = """
        COPY weeks.statements (
            week, participant, shard, level, streak, points, reward_micro, available_micro, frozen_micro, document)
        FROM STDIN (FORMAT BINARY)
        """;

    private const string ReadSql = """
        SELECT participant, level, streak, points, reward_micro, available_micro, frozen_micro, document
        FROM weeks.statements WHERE week = $1 AND shard = $2 ORDER BY participant
        """;

    private const string ReadOneSql = """
        SELECT statement.document FROM weeks.statements statement
        JOIN weeks.runs run ON run.week = statement.week AND run.scored_at IS NOT NULL
        WHERE statement.participant = $1 AND statement.week = $2
        """;

    // By participant, newest week first; a statement is shown once its whole week is scored.
    private const string ReadRewardsSql = """
        SELECT statement.week, level, streak, points, reward_micro, available_micro, frozen_micro,
            run.settled_at IS NOT NULL
        FROM weeks.statements statement JOIN weeks.runs run ON run.week = statement.week AND run.scored_at IS NOT NULL
        WHERE statement.participant = $1 AND statement.week < $2
        ORDER BY statement.week DESC LIMIT $3
        """;

    // Also weeks that gave nothing and were corrected. Each half is read from its index and ends at the page's length.
    private const string ReadRewardedSql = $"""
        SELECT * FROM (
            ({ReadRewardsSql})
            UNION ALL
            (SELECT week, max(level), 0, 0, 0, 0, 0, true FROM weeks.corrections correction
            WHERE participant = $1 AND week < $2 AND NOT EXISTS (
                SELECT FROM weeks.statements statement
                WHERE statement.participant = correction.participant AND statement.week = correction.week)
            GROUP BY week ORDER BY week DESC LIMIT $3)) AS rewarded
        ORDER BY week DESC LIMIT $3
        """;

    // Nobody who is erased is told anything.
    private const string RewardsOfSql = """
        SELECT statement.participant, statement.reward_micro, statement.points
        FROM weeks.statements statement
        JOIN activity.participants participant ON participant.number = statement.participant
        WHERE statement.week = $1 AND statement.shard = $2
        """;

    private const string ExportRows = """
        SELECT participant.id, statement.reward_micro
        FROM activity.participants participant
        JOIN weeks.statements statement
            ON statement.participant = participant.number AND statement.week = $1 AND statement.shard = participant.shard
        """;

    private const string ReadExportSql = $"{ExportRows} WHERE participant.id > $2 ORDER BY participant.id LIMIT $3";

    private const string ReadWholeExportSql = $"{ExportRows} ORDER BY participant.id";

    private const string ReadAllSql = """
        SELECT participant.id, statement.participant, statement.document
        FROM activity.participants participant
        JOIN weeks.statements statement
            ON statement.participant = participant.number AND statement.week = $1 AND statement.shard = participant.shard
        ORDER BY participant.id
        """;

    /// <summary>Writes the statements of a shard, all or none; where they are there already nothing changes.</summary>
    public async Task Write(
        WeekId week, int shard, IReadOnlyList<Statement> statements, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            // Weeks are positive: the seal's lock of the same shard is another one.
            batch.BatchCommands.Add(new NpgsqlBatchCommand(LockSql).With(-week.Number).With(shard));
            batch.BatchCommands.Add(new NpgsqlBatchCommand(ExistsSql).With(week.Number).With((short)shard));
            await using var row = await batch.ExecuteReaderAsync(cancellation);
            await row.NextResultAsync(cancellation);
            await row.ReadAsync(cancellation);
            if (row.GetBoolean(0))
            {
                return;
            }
        }

        await using (var copy = await connection.BeginBinaryImportAsync(CopySql, cancellation))
        {
            foreach (var statement in statements)
            {
                await copy.StartRowAsync(cancellation);
                await copy.WriteAsync(week.Number, NpgsqlDbType.Integer, cancellation);
                await copy.WriteAsync(statement.Participant, NpgsqlDbType.Bigint, cancellation);
                await copy.WriteAsync((short)shard, NpgsqlDbType.Smallint, cancellation);
                await copy.WriteAsync((short)statement.Level, NpgsqlDbType.Smallint, cancellation);
                await copy.WriteAsync(statement.Streak, NpgsqlDbType.Integer, cancellation);
                await copy.WriteAsync(statement.Points, NpgsqlDbType.Bigint, cancellation);
                await copy.WriteAsync(statement.Reward.Micro, NpgsqlDbType.Bigint, cancellation);
                await copy.WriteAsync(statement.Available.Micro, NpgsqlDbType.Bigint, cancellation);
                await copy.WriteAsync(statement.Frozen.Micro, NpgsqlDbType.Bigint, cancellation);
                await copy.WriteAsync(StatementJson.WriteStored(statement), NpgsqlDbType.Bytea, cancellation);
            }

            await copy.CompleteAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    /// <summary>A shard's statements as stored, by participant number.</summary>
    public async Task<ImmutableArray<StoredStatement>> Read(WeekId week, int shard, CancellationToken cancellation)
    {
        var statements = ImmutableArray.CreateBuilder<StoredStatement>();
        await using var command = database.CreateCommand(ReadSql).With(week.Number).With((short)shard);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            statements.Add(new(
                row.GetInt64(0), row.GetInt16(1), row.GetInt32(2), row.GetInt64(3), new(row.GetInt64(4)),
                new(row.GetInt64(5)), new(row.GetInt64(6)), row.GetFieldValue<byte[]>(7)));
        }

        return statements.ToImmutable();
    }

    /// <summary>What a shard's statements come to, in no order.</summary>
    public async Task<ImmutableArray<(long Participant, Amount Reward, long Points)>> ReadRewardsOf(
        WeekId week, int shard, CancellationToken cancellation)
    {
        var rewards = ImmutableArray.CreateBuilder<(long, Amount, long)>();
        await using var command = database.CreateCommand(RewardsOfSql).With(week.Number).With((short)shard);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            rewards.Add((row.GetInt64(0), new(row.GetInt64(1)), row.GetInt64(2)));
        }

        return rewards.DrainToImmutable();
    }

    /// <summary>One statement's document, or null.</summary>
    public async Task<byte[]?> ReadDocument(long participant, WeekId week, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadOneSql).With(participant).With(week.Number);
        return await command.ExecuteScalarAsync(cancellation) as byte[];
    }

    /// <summary>A participant's weekly rewards before a week, newest first.</summary>
    public Task<ImmutableArray<StoredReward>> ReadRewards(
        long participant, int beforeWeek, int limit, CancellationToken cancellation) =>
        ReadRewards(database.CreateCommand(ReadRewardsSql), participant, beforeWeek, limit, cancellation);

    /// <summary>
    /// A participant's weekly rewards before a week, newest first, and weeks that gave nothing and were corrected: these are
    /// of 0 points, without a streak.
    /// </summary>
    public Task<ImmutableArray<StoredReward>> ReadRewarded(
        long participant, int beforeWeek, int limit, CancellationToken cancellation) =>
        ReadRewards(database.CreateCommand(ReadRewardedSql), participant, beforeWeek, limit, cancellation);

    private static async Task<ImmutableArray<StoredReward>> ReadRewards(
        NpgsqlCommand read, long participant, int beforeWeek, int limit, CancellationToken cancellation)
    {
        var rewards = ImmutableArray.CreateBuilder<StoredReward>();
        await using var command = read.With(participant).With(beforeWeek).With(limit);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            rewards.Add(new(
                WeekId.OfNumber(row.GetInt32(0)), row.GetInt16(1), row.GetInt32(2), row.GetInt64(3),
                new(row.GetInt64(4)), new(row.GetInt64(5)), new(row.GetInt64(6)), row.GetBoolean(7)));
        }

        return rewards.ToImmutable();
    }

    /// <summary>Rows of the export behind an id, by id.</summary>
    public async Task<ImmutableArray<WeeklyRow>> ReadExport(
        WeekId week, string afterId, int limit, CancellationToken cancellation)
    {
        var rows = ImmutableArray.CreateBuilder<WeeklyRow>();
        await using var command = database.CreateCommand(ReadExportSql).With(week.Number).With(afterId).With(limit);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            rows.Add(new(row.GetString(0), new Amount(row.GetInt64(1))));
        }

        return rows.ToImmutable();
    }

    /// <summary>All statements of a week as stored, in the order of its export.</summary>
    public async IAsyncEnumerable<(string Id, long Participant, byte[] Document)> ReadAll(
        WeekId week, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadAllSql).With(week.Number);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            yield return (row.GetString(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2));
        }
    }

    /// <summary>
    /// All that the pages of <see cref="ReadExport"/> have, as one statement: sorted once, not once a page.
    /// </summary>
    public async IAsyncEnumerable<WeeklyRow> ReadWholeExport(
        WeekId week, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadWholeExportSql).With(week.Number);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            yield return new(row.GetString(0), new Amount(row.GetInt64(1)));
        }
    }
}

/// <summary>A row of <c>weeks.statements</c>. The document says the same as the columns.</summary>
internal sealed record StoredStatement(
    long Participant, int Level, int Streak, long Points, Amount Reward, Amount Available, Amount Frozen, byte[] Document);

internal sealed record StoredReward(
    WeekId Week, int Level, int Streak, long Points, Amount Reward, Amount Available, Amount Frozen, bool IsSettled);
