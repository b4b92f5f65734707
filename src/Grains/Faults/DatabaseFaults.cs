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
        PostgresException { SqlState: var state } error when IsOfTheServer(state) =>
            new DatabaseUnavailableException(error.MessageText),
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

    // Connection lost, out of resources, shut down, read only.
    private static bool IsOfTheServer(string state) =>
        state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal)
        || state.StartsWith("57P", StringComparison.Ordinal)
            || state is PostgresErrorCodes.ReadOnlySqlTransaction or IdleInTransaction;
}
