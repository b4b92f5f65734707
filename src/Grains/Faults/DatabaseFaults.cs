using Npgsql;
using Stk.GrainInterfaces.Faults;
using Stk.Storage;

namespace Stk.Grains.Faults;

/// <summary>What happened at the database, as an exception that callers have and that travels.</summary>
internal static class DatabaseFaults
{
    /// <summary>Null where it is no fault of the database.</summary>
    public static Exception? Of(Exception exception) => exception switch
    {
        BusyException busy => new ClusterBusyException(busy.Message),
        StorageUnavailableException unavailable => new DatabaseUnavailableException(unavailable.Message),
        OutcomeUnknownException unknown => new CommitUnknownException(unknown.Message),
        PostgresException error when IsOfTheServer(error) => new DatabaseUnavailableException(error.MessageText),
        PostgresException error => new InvalidOperationException($"the database refused: {error.SqlState} {error.MessageText}"),
        NpgsqlException error => new DatabaseUnavailableException(error.Message),
        _ => null,
    };

    /// <summary>
    /// Runs what an activation reads. No call filter stands around an activation: its failure is translated here.
    /// </summary>
    public static async Task Translate(Func<Task> activation)
    {
        try
        {
            await activation();
        }
        catch (Exception exception) when (Of(exception) is { } fault)
        {
            throw fault;
        }
    }

    // We were idle in a transaction for too long: on a machine that stands still, not a mistake of the caller's.
    private const string IdleInTransaction = "25P03";

    // A session that the server has ended, whatever for (a full disk: XX000 "could not write init file", of a session that
    // begins); connection lost, out of resources, shut down, its own files, read only. As commits are told: CommitFailure.
    private static bool IsOfTheServer(PostgresException error) =>
        error.InvariantSeverity is "FATAL" or "PANIC"
        || error.SqlState.StartsWith("08", StringComparison.Ordinal)
        || error.SqlState.StartsWith("53", StringComparison.Ordinal)
        || error.SqlState.StartsWith("57P", StringComparison.Ordinal)
        || error.SqlState.StartsWith("58", StringComparison.Ordinal)
        || error.SqlState is PostgresErrorCodes.ReadOnlySqlTransaction or IdleInTransaction;
}
