using Npgsql;
using Stk.Storage.Sql;

namespace Stk.Grains.Economy;

/// <summary>Tables <c>economy.clock</c> and <c>economy.heartbeat</c>. All SQL that touches them is in this file.</summary>
internal sealed class ClockTable(NpgsqlDataSource database)
{
    private const string ReadSql = "SELECT version, reached, now FROM economy.clock";

    // Two settings at once are put in order here: the earlier one is refused where the later one was first.
    private const string SetSql = """
        INSERT INTO economy.clock (now, reached, version) VALUES ($1, $2, 1)
        ON CONFLICT (one) DO UPDATE SET now = $1, reached = $2, version = clock.version + 1
        WHERE clock.now <= $1 OR $3
        RETURNING version
        """;

    // Of the setting that it belongs to: a step of an overtaken one is nobody's business. And never back, whichever
    // activation is behind.
    private const string ReachSql = "UPDATE economy.clock SET reached = $2 WHERE version = $1 AND reached < $2";

    // A version of its own: a step of the setting that it ends is nobody's business any more.
    private const string StopSql = "UPDATE economy.clock SET now = reached, version = version + 1 WHERE reached < now";

    private const string IsEmptySql = """
        SELECT NOT EXISTS (SELECT FROM activity.events) AND NOT EXISTS (SELECT FROM ledger.commits)
        """;

    // clock_timestamp: the database's own, now.
    private const string ReadHeartbeatSql = "SELECT (SELECT at FROM economy.heartbeat), clock_timestamp()";

    private const string StoreHeartbeatSql = """
        INSERT INTO economy.heartbeat (at) VALUES ($1) ON CONFLICT (one) DO UPDATE SET at = $1
        """;

    /// <summary>Null until the manual clock is first set.</summary>
    public async Task<ManualTime?> Read(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadSql);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await Next(row, cancellation);
    }

    /// <summary>The command whose row <see cref="Next"/> reads.</summary>
    public static NpgsqlBatchCommand Reading() => new(ReadSql);

    /// <summary>Null until the manual clock is first set.</summary>
    public static async Task<ManualTime?> Next(NpgsqlDataReader row, CancellationToken cancellation) =>
        await row.ReadAsync(cancellation) ? new(row.GetInt64(0), row.Instant(1), row.Instant(2)) : null;

    /// <summary>Stores a setting. Null where a later one is stored already.</summary>
    /// <param name="mayGoBack">The economy is empty.</param>
    public async Task<ManualTime?> Set(
        DateTimeOffset reached, DateTimeOffset target, bool mayGoBack, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(SetSql).With(target).With(reached).With(mayGoBack);
        return await command.ExecuteScalarAsync(cancellation) is long version ? new(version, reached, target) : null;
    }

    /// <summary>The command that ends a setting where due work has come to.</summary>
    public static NpgsqlBatchCommand Stop() => new(StopSql);

    /// <summary>Stores how far due work has followed a setting.</summary>
    /// <returns>False where it is overtaken, by another setting or by whoever went on: read what stands.</returns>
    public async Task<bool> Reach(ManualTime time, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReachSql).With(time.Version).With(time.Reached);
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    /// <summary>True while there is no event and no transaction: the clock may still go back.</summary>
    public async Task<bool> IsEconomyEmpty(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(IsEmptySql);
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>The last heartbeat, null before the first, and the database's own time.</summary>
    public async Task<(DateTimeOffset? Last, DateTimeOffset Database)> ReadHeartbeat(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadHeartbeatSql);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return (row.InstantOrNull(0), row.Instant(1));
    }

    /// <summary>Leaves a heartbeat.</summary>
    public async Task StoreHeartbeat(DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(StoreHeartbeatSql).With(now);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
