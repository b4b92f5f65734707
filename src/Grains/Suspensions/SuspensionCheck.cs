using Stk.Grains.Registry;
using Stk.Rules.Spending;

namespace Stk.Grains.Suspensions;

/// <summary>Whether a payer may pay, for the plans of one request.</summary>
internal sealed class SuspensionCheck(SiloSuspensions suspensions)
{
    private bool _isAgain;

    /// <summary>
    /// Why nothing may leave; null where it may. What this silo knows is enough for a plan: its commit looks for itself.
    /// Looked up before it is said, and where a commit has met what this silo did not know.
    /// </summary>
    public async ValueTask<SpendingRefusal?> Objection(Payer payer, CancellationToken cancellation)
    {
        var isKnown = !_isAgain && !IsSuspended(payer);
        _isAgain = true;
        return isKnown ? null : await FreshObjection(payer, cancellation);
    }

    /// <summary>The same, as it is stored now: no refusal is told by what this silo has not heard of yet.</summary>
    public async Task<SpendingRefusal?> FreshObjection(Payer payer, CancellationToken cancellation)
    {
        await suspensions.Refresh(cancellation);
        return IsSuspended(payer) ? SpendingRefusal.ParticipantSuspended : null;
    }

    private bool IsSuspended(Payer payer) => payer.Number is { } number && suspensions.IsSuspended(number);
}
