using Microsoft.Extensions.Logging;
using Npgsql;
using Stk.GrainInterfaces.Faults;
using Stk.Storage;

namespace Stk.Grains.Faults;

/// <summary>
/// Tells a caller in words that it knows what happened to the database: callers have neither the storage's exceptions
/// nor Npgsql's, and some of these do not travel at all.
/// </summary>
internal sealed class FaultFilter(ILogger<FaultFilter> log) : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (Exception exception) when (Of(exception) is { } fault)
        {
            Log.CallFailed(log, exception, context.InterfaceName, context.MethodName);
            throw fault;
        }
    }

    private static Exception? Of(Exception exception) => exception switch
    {
        BusyException busy => new ClusterBusyException(busy.Message),
        StorageUnavailableException unavailable => new DatabaseUnavailableException(unavailable.Message),
        OutcomeUnknownException unknown => new CommitUnknownException(unknown.Message),
        PostgresException { SqlState: var state } error when IsOfTheServer(state) => new DatabaseUnavailableException(error.MessageText),
        PostgresException error => new InvalidOperationException($"the database refused: {error.SqlState} {error.MessageText}"),
        NpgsqlException error => new DatabaseUnavailableException(error.Message),
        _ => null,
    };

    // Connection lost, out of resources, shut down, read only.
    private static bool IsOfTheServer(string state) =>
        state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal)
        || state.StartsWith("57P", StringComparison.Ordinal) || state == PostgresErrorCodes.ReadOnlySqlTransaction;
}
