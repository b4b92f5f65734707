using Npgsql;

namespace Stk.Storage;

/// <summary>The settings that our connections are opened with.</summary>
internal static class StorageConnections
{
    /// <summary>
    /// A prepared plan outlives the small table that it was made for: one that scans would go on scanning when the
    /// journal has grown. What a writer runs is by key, so an index is always there to take.
    /// </summary>
    public const string ByKeyOnly =
        "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off";

    /// <summary>Connections for everything but the group commits.</summary>
    public static NpgsqlDataSource Open(StorageOptions options) => new NpgsqlDataSourceBuilder(
        Configure(options, "service", $"""
            -c lock_timeout={options.LockTimeoutMs}
            -c statement_timeout={options.StatementTimeoutSeconds}s
            -c idle_in_transaction_session_timeout={options.IdleInTransactionSeconds}s
            """,
            TimeSpan.FromSeconds(options.StatementTimeoutSeconds + 5))).Build();

    public static string Configure(StorageOptions options, string use, string serverOptions, TimeSpan commandTimeout)
    {
        var builder = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            CommandTimeout = (int)Math.Ceiling(commandTimeout.TotalSeconds),
            Timeout = 5,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
        };
        builder.ApplicationName ??= $"stk {use}";
        // What the operator set comes last, and wins.
        builder.Options = string.Join(' ', $"{serverOptions} {builder.Options}".Split(
            (char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return builder.ConnectionString;
    }
}
