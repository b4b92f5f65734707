using Npgsql;

namespace Stk.Storage;

/// <summary>
/// One try at one database transaction of a <see cref="GroupCommit{TItem,TResult}"/>. It knows whether COMMIT has been
/// sent, and so whether a failure can still be called one.
/// </summary>
public sealed class CommitAttempt : ICommitAttempt
{
    internal CommitAttempt(NpgsqlConnection connection, int number)
    {
        Connection = connection;
        Number = number;
    }

    public NpgsqlConnection Connection { get; }

    /// <summary>1 for the first. Above 1 the batch may be committed already: its items must be recognised.</summary>
    public int Number { get; }

    /// <summary>Whether COMMIT is on its way, or further.</summary>
    public bool IsCommitSent { get; private set; }

    /// <summary>Committed, or rolled back.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>A batch that begins the transaction; add what is to be read under it, in order.</summary>
    public NpgsqlBatch Begin() => new(Connection) { BatchCommands = { new("BEGIN ISOLATION LEVEL READ COMMITTED") } };

    /// <summary>
    /// Runs the commands and COMMIT in one network write. Never COMMIT alone: in a transaction whose error somebody has
    /// swallowed it returns normally and has rolled back; a command before it fails with 25P02.
    /// </summary>
    public async Task Commit(NpgsqlBatch batch, CancellationToken cancellation)
    {
        if (batch.BatchCommands.Count == 0)
        {
            batch.BatchCommands.Add(new("SELECT 1"));
        }

        batch.BatchCommands.Add(new("COMMIT"));
        IsCommitSent = true;
        await batch.ExecuteNonQueryAsync(cancellation);
        IsEnded = true;
    }

    /// <summary>Ends the transaction where there is nothing to write.</summary>
    public async Task Rollback(CancellationToken cancellation)
    {
        await using var rollback = new NpgsqlCommand("ROLLBACK", Connection);
        await rollback.ExecuteNonQueryAsync(cancellation);
        IsEnded = true;
    }

    /// <summary>Gives the connection back; a transaction still open on it is rolled back.</summary>
    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
