using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Stk.GrainInterfaces.Deposits;
using Stk.Grains.Payouts;
using Stk.Grains.Signing;
using Stk.Solana.Vaults;

namespace Stk.Grains.Deposits;

/// <inheritdoc cref="IDepositsGrain"/>
/// <remarks>
/// Two of them do no harm: each deposit is credited under its own id, and a cursor is stored by whoever has read from the
/// one that stands. It is on silos with a signer, which know the chain for sure.
/// </remarks>
[OnSilosWithSigner]
internal sealed class DepositsGrain(
    ChainTerms terms, CursorTable cursors, DepositIntake intake, TimeProvider time, ILogger<DepositsGrain> log)
    : Grain, IDepositsGrain, IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BetweenReadings = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _ending = new();
    private ImmutableArray<AccountHistory> _accounts = [];
    private string? _trouble;
    private bool _isReading;
    private DateTimeOffset _readAt;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (terms.Addresses is { } ours)
        {
            _accounts = [Of(ours.VaultTokens, ours), Of(ours.FloatTokens, ours)];
        }

        this.RegisterGrainTimer(
            static (deposits, _) => deposits.Look(), this,
            new() { DueTime = Period, Period = Period, Interleave = true, KeepAlive = true });
        return Task.CompletedTask;

        AccountHistory Of(Solana.Keys.PublicKey account, VaultAddresses all) => new(account, all, cursors);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _ending.CancelAsync();

    public void Dispose() => _ending.Dispose();

    public Task Wake()
    {
        _readAt = default;
        return Task.CompletedTask;
    }

    // One at a time, though the timer comes again meanwhile.
    private async Task Look()
    {
        if (_isReading || time.GetUtcNow() < _readAt)
        {
            return;
        }

        _isReading = true;
        _readAt = time.GetUtcNow() + BetweenReadings;
        try
        {
            string? trouble = null;
            foreach (var account in _accounts)
            {
                if (await intake.Read(account, _ending.Token) is { } why)
                {
                    trouble = $"{account.Account}: {why}";
                }
            }

            Tell(trouble);
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            // Nothing that was credited is credited again.
            Log.DepositsFailed(log, exception);
        }
        finally
        {
            _isReading = false;
        }
    }

    // Once each: an address' history has gaps, and they close by themselves.
    private void Tell(string? trouble)
    {
        if (trouble is not null && trouble != _trouble)
        {
            Log.DepositsNotRead(log, trouble);
        }

        _trouble = trouble;
    }
}
