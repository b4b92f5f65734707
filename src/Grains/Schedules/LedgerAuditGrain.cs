using Microsoft.Extensions.Logging;
using Stk.GrainInterfaces.Schedules;

namespace Stk.Grains.Schedules;

/// <inheritdoc cref="ILedgerAuditGrain"/>
/// <remarks>The audit goes on between calls. A second activation does no harm: it reads, and writes the same row.</remarks>
internal sealed class LedgerAuditGrain(LedgerAudit audit, ILogger<LedgerAuditGrain> log) : Grain, ILedgerAuditGrain
{
    private Task _work = Task.CompletedTask;

    public Task Look()
    {
        if (_work.IsCompleted)
        {
            _work = Work();
        }

        return Task.CompletedTask;
    }

    // Never throws: the next look tries again.
    private async Task Work()
    {
        try
        {
            await audit.Look();
        }
        catch (Exception exception)
        {
            Log.AuditFailed(log, exception);
        }
    }
}
