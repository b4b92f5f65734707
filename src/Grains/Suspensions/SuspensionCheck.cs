using Stk.Grains.Registry;
using Stk.Rules.Spending;

namespace Stk.Grains.Suspensions;

/// <summary>Whether a payer may pay, for the plans of one request.</summary>
internal sealed class SuspensionCheck(SiloSuspensions suspensions)
{
    private bool _isAgain;

    /// <summary>
    /// Why nothing may leave; null where it may. Asked again where a commit has met what this silo did not know.
    /// </summary>
    public async ValueTask<SpendingRefusal?> Objection(Payer payer, CancellationToken cancellation)
    {
        if (_isAgain)
        {
            await suspensions.Refresh(cancellation);
        }

        _isAgain = true;
        return payer.Number is { } number && suspensions.IsSuspended(number) ? SpendingRefusal.ParticipantSuspended : null;
    }
}
