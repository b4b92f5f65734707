using Stk.Grains.Registry;
using Stk.Rules.Spending;

namespace Stk.Grains.Suspensions;

/// <summary>Whether a payer may pay, for the plans of one request.</summary>
internal sealed class SuspensionCheck(SiloSuspensions suspensions)
{
    private bool _isAgain;

    /// <summary>
    /// Why nothing may leave; null where it may. Looked up before it is said, and where a commit has met what this silo did
    /// not know: it may not have heard yet that a suspension began, or that it was lifted.
    /// </summary>
    public async ValueTask<SpendingRefusal?> Objection(Payer payer, CancellationToken cancellation)
    {
        if (payer.Number is not { } number)
        {
            return null;
        }

        if (_isAgain || suspensions.IsSuspended(number))
        {
            await suspensions.Refresh(cancellation);
        }

        _isAgain = true;
        return suspensions.IsSuspended(number) ? SpendingRefusal.ParticipantSuspended : null;
    }
}
