using Npgsql;

namespace Stk.Storage;

/// <summary>PostgreSQL, by the writers' connections.</summary>
internal sealed class BatchDatabase<TItem, TResult>(WriterConnections connections, BatchCommit<TItem, TResult> commit)
    : IBatchStore<TItem, TResult>
{
    private readonly NpgsqlDataSource _source = connections.Source;

    public Task<BatchTry<TResult>> Try(IReadOnlyList<TItem> batch, int number, int cutOffs) => BatchTry<TResult>.Run(
        async () => new CommitAttempt(
            await _source.OpenConnectionAsync(), number, connections.IdleLimitAfter(cutOffs), isLimitRaised: cutOffs > 0),
        attempt => commit(attempt, batch, CancellationToken.None),
        batch.Count);

    public void Reconnect() => _source.Clear();
}
