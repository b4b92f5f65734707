using Npgsql;

namespace Stk.Storage;

/// <summary>
/// The connections of the group commits, apart from all others: their statements are short and by key, and a writer that
/// stands still inside its transaction is cut off. Services use it only through <see cref="GroupCommit{TItem,TResult}"/>.
/// </summary>
public sealed class WriterConnections(NpgsqlDataSource source) : IAsyncDisposable
{
    public NpgsqlDataSource Source { get; } = source;

    /// <summary>Connections with a writer's settings.</summary>
    public static WriterConnections Open(StorageOptions options) => new(new NpgsqlDataSourceBuilder(
        StorageConnections.Configure(options, "writer", $"""
            -c lock_timeout={options.LockTimeoutMs}
            -c statement_timeout={options.WriterStatementTimeoutMs}
            -c idle_in_transaction_session_timeout={options.WriterIdleInTransactionMs}
            {StorageConnections.ByKeyOnly}
            """,
            // The server gives up first, and says why.
            TimeSpan.FromMilliseconds(options.WriterStatementTimeoutMs) + TimeSpan.FromSeconds(5))).Build());

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
