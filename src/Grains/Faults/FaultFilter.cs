using Microsoft.Extensions.Logging;

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
        catch (Exception exception) when (DatabaseFaults.Of(exception) is { } fault)
        {
            Log.CallFailed(log, exception, context.InterfaceName, context.MethodName);
            throw fault;
        }
    }
}
