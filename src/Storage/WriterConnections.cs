using Npgsql;

namespace Stk.Storage;

/// <summary>
/// The connections of the group commits, apart from all others: their statements are short and by key, and a writer that
/// stands still inside its transaction is cut off. Services use it only through <see cref="GroupCommit{TItem,TResult}"/>.
/// </summary>
public sealed class WriterConnections : IAsyncDisposable
{
    // The second doubling is the last: what a writer that stands still holds back is others' money.
    private const int DoublingsMax = 2;

    private readonly TimeSpan _idleLimit;

    private WriterConnections(NpgsqlDataSource source, TimeSpan idleLimit)
    {
        Source = source;
        _idleLimit = idleLimit;
    }

    public NpgsqlDataSource Source { get; }

    /// <summary>Connections with a writer's settings.</summary>
    public static WriterConnections Open(StorageOptions options) => new(
        new NpgsqlDataSourceBuilder(
            StorageConnections.Configure(options, "writer", $"""
                -c lock_timeout={options.LockTimeoutMs}
                -c statement_timeout={options.WriterStatementTimeoutMs}
                -c idle_in_transaction_session_timeout={options.WriterIdleInTransactionMs}
                {StorageConnections.ByKeyOnly}
                """,
                // The server gives up first, and says why.
                TimeSpan.FromMilliseconds(options.WriterStatementTimeoutMs) + TimeSpan.FromSeconds(5))).Build(),
        TimeSpan.FromMilliseconds(options.WriterIdleInTransactionMs));

    /// <summary>
    /// How long the server waits inside the transaction of a batch that it has cut off so many times: a writer that stands
    /// still is cut off early, and one on a machine that is merely slow comes through.
    /// </summary>
    /// <param name="cutOffs">Each doubles the limit of the options, two times at most.</param>
    internal TimeSpan IdleLimitAfter(int cutOffs) => _idleLimit * (1 << Math.Min(cutOffs, DoublingsMax));

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
