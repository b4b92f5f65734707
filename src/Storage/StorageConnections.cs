using Npgsql;

namespace Stk.Storage;

/// <summary>The settings that our connections are opened with.</summary>
public static class StorageConnections
{
    /// <summary>
    /// A prepared plan outlives the small table that it was made for: one that scans would go on scanning when the
    /// journal has grown. What a writer runs is by key, so an index is always there to take; then one plan does for all
    /// lengths of a list, and none is made anew for each (a third of a lone commit's time). No statement joins a list to a
    /// table, where a plan of the table's first day could walk the table.
    /// </summary>
    internal const string ByKeyOnly =
        "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off -c plan_cache_mode=force_generic_plan";

    private const string PoolSize = "Maximum Pool Size";

    /// <summary>
    /// Connections for everything but the group commits. Without compilation: the longest query of a weekly run takes
    /// 200 ms a shard, and compiling it took 25 ms each time.
    /// </summary>
    internal static NpgsqlDataSource Open(StorageOptions options) => new NpgsqlDataSourceBuilder(
        Configure(options, "service", $"""
            -c jit=off -c lock_timeout={options.LockTimeoutMs}
            -c statement_timeout={options.StatementTimeoutSeconds}s
            -c idle_in_transaction_session_timeout={options.IdleInTransactionSeconds}s
            """,
            TimeSpan.FromSeconds(options.StatementTimeoutSeconds + 5))).Build();

    /// <summary>Sets the most connections of a pool where the operator has not: Npgsql's own 100 a pool is more than a
    /// server has for several silos with several pools each.</summary>
    public static void LimitPool(NpgsqlConnectionStringBuilder builder, int connections)
    {
        if (!builder.Keys.Cast<string>().Contains(PoolSize, StringComparer.OrdinalIgnoreCase))
        {
            builder.MaxPoolSize = connections;
        }
    }

    internal static string Configure(
        StorageOptions options, string use, string serverOptions, TimeSpan commandTimeout, int? connectionsMax = null)
    {
        var builder = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            CommandTimeout = (int)Math.Ceiling(commandTimeout.TotalSeconds),
            Timeout = 5,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            // A reset is seven statements before the first of whoever comes next. So: no SET without LOCAL, no advisory lock
            // beyond a transaction; whoever listens, stops. An open transaction is rolled back all the same.
            NoResetOnClose = true,
        };
        builder.ApplicationName ??= $"stk {use}";
        LimitPool(builder, connectionsMax ?? options.ConnectionsMax);
        // What the operator set comes last, and wins.
        builder.Options = string.Join(' ', $"{serverOptions} {builder.Options}".Split(
            (char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return builder.ConnectionString;
    }
}
