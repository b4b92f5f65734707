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
}

internal static class CommitFailures
{
    /// <summary>SQLSTATE of <c>storage.expect_rows</c>.</summary>
    public const string RowsMissed = "STK01";

    public static CommitFailure Of(Exception exception, bool isCommitSent) => exception switch
    {
        // The server answered an ERROR: the transaction is rolled back, whenever it came. FATAL and PANIC end the
        // connection, and after COMMIT was sent they say nothing about it.
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
