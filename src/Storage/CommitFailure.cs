using System.Net.Sockets;
using Npgsql;

namespace Stk.Storage;

/// <summary>What a failed attempt at a commit means.</summary>
internal enum CommitFailure
{
    /// <summary>The same batch would fail again: the caller's or ours.</summary>
    Lasting = 0,

    /// <summary>Nothing was committed; it lost against others and can be run again.</summary>
    RunAgain = 1,

    /// <summary>Nothing was committed; the connection or the server is not fit.</summary>
    Unavailable = 2,

    /// <summary>COMMIT was sent and no answer came.</summary>
    Unknown = 3,

    /// <summary>
    /// Nothing was committed: the server ended the session because it waited too long for our next command. Whatever we
    /// sent since was not run; the same batch may be run again.
    /// </summary>
    CutOff = 4,
}

/// <summary>What an exception of an attempt proves of its transaction.</summary>
/// <remarks>
/// An ERROR: it is rolled back, whenever it came. A FATAL or PANIC ends the session. Once COMMIT was sent, it proves
/// something only where the server can send it at no other moment than while it waits for a command inside an open
/// transaction (PostgreSQL, <c>PostgresMain</c>: the timer runs from ReadyForQuery to the next message, and what fires at
/// the last moment is looked at before that message is run):
/// <list type="bullet">
/// <item>25P03 idle_in_transaction_session_timeout: nothing of the batch that we sent was run.</item>
/// <item>25P04 transaction_timeout (PostgreSQL 17): it can fire while COMMIT runs and be told after it: nothing.</item>
/// <item>57P05 idle_session_timeout: its timer does not run inside a transaction, so it cannot answer our batch: if it
/// does, the transaction had ended, in a way that we do not know.</item>
/// <item>57P01 admin_shutdown, 57P04 database_dropped: also after the commit record was written, above all while COMMIT
/// waits for a standby (tried): nothing.</item>
/// <item>57P02 crash_shutdown, PANIC of any state: recovery decides by what had reached the disk: nothing.</item>
/// <item>57P03, 53300, 28xxx, 3Dxxx: the answer to a connection that is opened; no COMMIT of it was sent.</item>
/// <item>08xxx, and a connection that is lost without a word: nothing.</item>
/// </list>
/// </remarks>
internal static class CommitFailures
{
    /// <summary>SQLSTATE of <c>storage.expect_rows</c>.</summary>
    public const string RowsMissed = "STK01";

    /// <summary>SQLSTATE of a session that was idle in its transaction for too long.</summary>
    public const string IdleInTransaction = "25P03";

    public static CommitFailure Of(Exception exception, bool isCommitSent) => exception switch
    {
        PostgresException { SqlState: IdleInTransaction } => CommitFailure.CutOff,
        PostgresException { InvariantSeverity: "ERROR" } error => OfState(error.SqlState),
        _ when isCommitSent => CommitFailure.Unknown,
        NpgsqlException or SocketException or IOException or TimeoutException => CommitFailure.Unavailable,
        _ => CommitFailure.Lasting,
    };

    private static CommitFailure OfState(string state) => state switch
    {
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled
            or RowsMissed => CommitFailure.RunAgain,
        // A server that was promoted, demoted, or is out of room, memory or connections.
        PostgresErrorCodes.ReadOnlySqlTransaction => CommitFailure.Unavailable,
        _ when state.StartsWith("08", StringComparison.Ordinal)
            || state.StartsWith("53", StringComparison.Ordinal)
            || state.StartsWith("57P", StringComparison.Ordinal)
            || state.StartsWith("58", StringComparison.Ordinal) => CommitFailure.Unavailable,
        _ => CommitFailure.Lasting,
    };
}
