using Microsoft.Extensions.Logging;
using Stk.GrainInterfaces.Reconciling;
using Stk.Grains.Signing;

namespace Stk.Grains.Reconciling;

/// <inheritdoc cref="IReconciliationGrain"/>
/// <remarks>Two of them do no harm: each stores what it has seen, and one alone holds payouts.</remarks>
[OnSilosWithSigner]
internal sealed class ReconciliationGrain(
    ReconciliationTable table, Reconciliation reconciliation, TimeProvider time, ILogger<ReconciliationGrain> log)
    : Grain, IReconciliationGrain, IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource _ending = new();
    private bool _isBusy;
    private DateTimeOffset _notBefore;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(
            static (reconciling, _) => reconciling.Look(), this,
            new() { DueTime = Period, Period = Period, Interleave = true, KeepAlive = true });
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _ending.CancelAsync();

    public void Dispose() => _ending.Dispose();

    public Task Wake()
    {
        _notBefore = default;
        return Task.CompletedTask;
    }

    // One at a time, though the timer comes again meanwhile.
    private async Task Look()
    {
        if (_isBusy || time.GetUtcNow() < _notBefore)
        {
            return;
        }

        _isBusy = true;
        try
        {
            if (await table.FindCause(time.GetUtcNow() - Hour, _ending.Token) is { } cause
                && !await reconciliation.Run(cause, _ending.Token))
            {
                _notBefore = time.GetUtcNow() + BetweenTries;
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            _notBefore = time.GetUtcNow() + BetweenTries;
            Log.ReconciliationFailed(log, exception);
        }
        finally
        {
            _isBusy = false;
        }
    }
}
