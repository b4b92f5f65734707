using Stk.GrainInterfaces.Entitlements;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Registry;
using Stk.Rules.Money;
using Stk.Rules.Renewals;
using Stk.Rules.Spending;
using Stk.Rules.Time;

namespace Stk.Grains.Renewals;

/// <summary>Whether participants want the next months of what they have bought.</summary>
internal sealed class RenewalChoices(RenewalTable table, IClock clock)
{
    /// <summary>What a participant says about renewing an entitlement of theirs. The same again changes nothing.</summary>
    public async Task<SpendingReply<RenewalChoiceView>> Choose(
        Payer payer, ChooseRenewalRequest request, CancellationToken cancellation)
    {
        if (await table.Find(request.Entitlement, cancellation) is not { } renewal || renewal.Participant != payer.Number)
        {
            return Refused(SpendingRefusal.UnknownEntitlement);
        }

        var now = clock.Now.InWholeMicroseconds();
        if (request.IsOn && (renewal is not { Months: not null, IsEnded: false, EndsAt: { } ends }
            || now > RenewalTimetable.LastAttemptAt(ends)))
        {
            return Refused(SpendingRefusal.NotRenewable);
        }

        Amount? max = request.IsOn ? request.MaxPrice ?? renewal.LastPrice : null;
        if (max != renewal.MaxPrice)
        {
            await table.Choose(renewal.First, max, now);
        }

        return new SpendingReply<RenewalChoiceView>.Done(new(max is not null, max), IsReplay: false);
    }

    private static SpendingReply<RenewalChoiceView>.Refused Refused(SpendingRefusal reason) => new(reason, IsReplay: false);
}
