using System.Collections.Immutable;
using Npgsql;
using Stk.Rules.Money;
using Stk.Rules.Statements;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Vesting;

/// <summary>
/// Tables <c>weeks.grants</c> and <c>spending.fund_grants</c>, which are written by effects, <c>vesting.shards</c> and
/// <c>vesting.progress</c>: what is due, and how far the days' runs have come.
/// </summary>
internal sealed class GrantTable(NpgsqlDataSource database)
{
    private const string LastSql = "SELECT decided_to FROM vesting.progress";

    private const string ProgressSql = """
        INSERT INTO vesting.progress AS progress (decided_to) VALUES ($1)
        ON CONFLICT (one) DO UPDATE SET decided_to = greatest(progress.decided_to, excluded.decided_to)
        """;

    // An index probe a shard and table: frozen rewards whose day has not come are not read.
    private const string DueShardsSql = """
        SELECT every.shard::smallint FROM generate_series(0, 63) AS every (shard)
        WHERE EXISTS (
                SELECT FROM weeks.grants granted
                WHERE granted.shard = every.shard AND granted.decided_on IS NULL AND granted.unlocks_on <= $1)
            OR EXISTS (
                SELECT FROM spending.fund_grants granted
                WHERE granted.shard = every.shard AND granted.decided_on IS NULL AND granted.unlocks_on <= $1)
            OR EXISTS (
                SELECT FROM vesting.decisions decision
                WHERE decision.shard = every.shard AND decision.sequence IS NULL)
        ORDER BY every.shard
        """;

    // A day that another has gone past is done.
    private const string LockSql = """
        UPDATE vesting.shards SET decided_to = $2 WHERE shard = $1 AND (decided_to IS NULL OR decided_to <= $2)
        """;

    // What has been decided by then is seen by the commands after it.
    private const string LockForOperatorSql = "UPDATE vesting.shards SET decided_to = decided_to WHERE shard = $1";

    private const string DueSql = """
        SELECT granted.participant, granted.shard, granted.vests_days, granted.amount_micro, granted.unlocks_on,
            granted.week, granted.type, NULL::uuid, NULL::smallint
        FROM weeks.grants granted
        WHERE granted.shard = $1 AND granted.decided_on IS NULL AND granted.unlocks_on <= $2
        UNION ALL
        SELECT granted.participant, granted.shard, granted.vests_days, granted.amount_micro, granted.unlocks_on,
            NULL, NULL, granted.transaction_id, spend.fund
        FROM spending.fund_grants granted JOIN spending.fund_spends spend USING (transaction_id)
        WHERE granted.shard = $1 AND granted.decided_on IS NULL AND granted.unlocks_on <= $2
        ORDER BY 5, 1, 6, 7, 3
        """;

    private const string UnlockDaysSql = """
        SELECT unlocks_on, sum(amount_micro)::bigint FROM weeks.grants
        WHERE participant = $1 AND week = $2 GROUP BY unlocks_on ORDER BY unlocks_on
        """;

    private const string SettledSql = """
        SELECT (SELECT min(week) FROM weeks.runs WHERE settled_at IS NULL), (SELECT max(week) FROM weeks.runs)
        """;

    /// <summary>The last day whose run is done; null before the first.</summary>
    public async Task<DateOnly?> ReadLast(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(LastSql);
        return await command.ExecuteScalarAsync(cancellation) is DateOnly last ? last : null;
    }

    public async Task SetLast(DateOnly day, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ProgressSql).With(day);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Shards in which something is due on a day, or is decided and not paid out.</summary>
    public async Task<ImmutableArray<int>> ReadDueShards(DateOnly day, CancellationToken cancellation)
    {
        var shards = ImmutableArray.CreateBuilder<int>();
        await using var command = database.CreateCommand(DueShardsSql).With(day);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            shards.Add(row.GetInt16(0));
        }

        return shards.ToImmutable();
    }

    /// <summary>When a week's frozen parts unlock, by day; empty before the week is posted.</summary>
    public async Task<ImmutableArray<UnlockDay>> ReadUnlockDays(
        long participant, WeekId week, CancellationToken cancellation)
    {
        var days = ImmutableArray.CreateBuilder<UnlockDay>();
        await using var command = database.CreateCommand(UnlockDaysSql).With(participant).With(week.Number);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            days.Add(new(row.GetFieldValue<DateOnly>(0), new(row.GetInt64(1))));
        }

        return days.DrainToImmutable();
    }

    /// <summary>
    /// The border, held until the transaction ends: intake of evidence that is under way is waited for, and what comes after
    /// sees what is decided. False where a later day has gone past it.
    /// </summary>
    public static async Task<bool> Lock(
        NpgsqlConnection connection, int shard, DateOnly day, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(LockSql, connection).With((short)shard).With(day);
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    /// <summary>The same border, for one decision that is made between the days' runs.</summary>
    public static NpgsqlBatchCommand LockForOperator(int shard) =>
        new NpgsqlBatchCommand(LockForOperatorSql).With((short)shard);

    /// <summary>The open grants of a shard whose day has come.</summary>
    public static async Task<ImmutableArray<StoredGrant>> ReadDue(
        NpgsqlConnection connection, int shard, DateOnly day, CancellationToken cancellation)
    {
        var grants = ImmutableArray.CreateBuilder<StoredGrant>();
        await using var command = new NpgsqlCommand(DueSql, connection).With((short)shard).With(day);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            grants.Add(Read(row));
        }

        return grants.ToImmutable();
    }

    /// <summary>The last week that is settled, with all weeks before it; null where none is.</summary>
    public static async Task<WeekId?> ReadLastSettled(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(SettledSql, connection);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return (row.IntOrNull(0), row.IntOrNull(1)) switch
        {
            ({ } first, _) => WeekId.OfNumber(first).Previous,
            (_, { } last) => WeekId.OfNumber(last),
            _ => null,
        };
    }

    /// <summary>Participant, shard, days, amount, unlock day; week and type, or a spending's transaction and fund.</summary>
    public static StoredGrant Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetInt16(1), Origin(row), row.GetInt16(2), new(row.GetInt64(3)),
        row.GetFieldValue<DateOnly>(4));

    private static GrantOrigin Origin(NpgsqlDataReader row) => row.IsDBNull(5)
        ? new GrantOrigin.Spending(row.GetGuid(7), (Fund)row.GetInt16(8))
        : new GrantOrigin.Weekly(WeekId.OfNumber(row.GetInt32(5)), row.GetString(6));
}
