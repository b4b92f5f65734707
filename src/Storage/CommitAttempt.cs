using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Stk.Storage;

/// <summary>
/// One try at one database transaction of a <see cref="GroupCommit{TItem,TResult}"/>. It knows whether COMMIT has been
/// sent, and so whether a failure can still be called one.
/// </summary>
public sealed class CommitAttempt : ICommitAttempt
{
    private readonly TimeSpan _idleLimit;
    private readonly bool _isLimitRaised;
    private long _begun;

    /// <param name="idleLimit">How long the server waits for us inside the transaction.</param>
    /// <param name="isLimitRaised">The limit is another than the connection's own.</param>
    internal CommitAttempt(NpgsqlConnection connection, int number, TimeSpan idleLimit, bool isLimitRaised)
    {
        Connection = connection;
        Number = number;
        _idleLimit = idleLimit;
        _isLimitRaised = isLimitRaised;
    }

    public NpgsqlConnection Connection { get; }

    /// <summary>1 for the first. Above 1 the batch may be committed already: its items must be recognised.</summary>
    public int Number { get; }

    /// <summary>Whether COMMIT is on its way, or further.</summary>
    public bool IsCommitSent { get; private set; }

    /// <summary>Committed, or rolled back.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>A batch that begins the transaction; add what is to be read under it, in order.</summary>
    public NpgsqlBatch Begin()
    {
        var batch = new NpgsqlBatch(Connection) { BatchCommands = { new("BEGIN ISOLATION LEVEL READ COMMITTED") } };
        _begun = Stopwatch.GetTimestamp();
        if (_isLimitRaised)
        {
            var limitMs = ((long)_idleLimit.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            batch.BatchCommands.Add(new($"SET LOCAL idle_in_transaction_session_timeout = {limitMs}"));
        }

        return batch;
    }

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
        if (Stopwatch.GetElapsedTime(_begun) > _idleLimit / 2)
        {
            await ProveThatItIsOpen(cancellation);
        }

        IsCommitSent = true;
        await batch.ExecuteNonQueryAsync(cancellation);
        IsEnded = true;
    }

    // The server may have ended the session while we were slow. Into a closed connection a large batch is not written whole,
    // and then nobody hears what the server said (tried): COMMIT would be sent, and its outcome unknown. A short question
    // is answered by what it said last, or begins its wait anew.
    private async Task ProveThatItIsOpen(CancellationToken cancellation)
    {
        await using var question = new NpgsqlCommand("SELECT 1", Connection);
        await question.ExecuteNonQueryAsync(cancellation);
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
