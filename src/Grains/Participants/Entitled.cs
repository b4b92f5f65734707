using System.Collections.Immutable;
using Stk.GrainInterfaces.Entitlements;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Economy;
using Stk.Grains.Entitlements;
using Stk.Grains.Renewals;
using Stk.Rules.Time;

namespace Stk.Grains.Participants;

/// <summary>A participant as one who may use what was bought. One an activation.</summary>
internal sealed class Entitled(
    ParticipantRecall recall, EntitlementMemory entitlements, RenewalChoices choices, RenewalAttempts renewals,
    EconomyClock clock)
{
    public async Task<EntitlementsReply> List(CancellationToken cancellation) =>
        new(clock.Now, await Get(cancellation));

    public async Task<ImmutableArray<EntitlementView>> Get(CancellationToken cancellation) =>
        await entitlements.Get(recall.Number, cancellation);

    public ValueTask<EntitlementCheck> Check(string service) => entitlements.Check(recall.Number, service, clock.Now);

    public async Task<SpendingReply<UseView>> Use(UseRequest request, CancellationToken cancellation) =>
        await entitlements.Use(
            (await recall.Payer(cancellation)).Number, request, clock.Now.InWholeMicroseconds(), cancellation);

    public Task<SpendingReply<RenewalChoiceView>> ChooseRenewal(
        ChooseRenewalRequest request, CancellationToken cancellation) =>
        Changed(async () => await choices.Choose(await recall.Payer(cancellation), request, cancellation));

    public Task Renew(Guid first, DateOnly day) =>
        Changed(async () => await renewals.Run(await recall.Payer(CancellationToken.None), first, day));

    // It may have landed or not: what is entitled is read again.
    private async Task<T> Changed<T>(Func<Task<T>> change)
    {
        try
        {
            return await change();
        }
        finally
        {
            entitlements.Forget();
        }
    }
}
