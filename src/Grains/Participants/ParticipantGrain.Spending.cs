using System.Collections.Immutable;
using Stk.GrainInterfaces.Entitlements;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Services;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Entitlements;
using Stk.Grains.Registry;
using Stk.Rules.Time;

namespace Stk.Grains.Participants;

/// <inheritdoc cref="ISpenderGrain"/>
internal sealed partial class ParticipantGrain : ISpenderGrain
{
    private readonly EntitlementMemory _entitlements = new(spender.Entitlements);

    public async Task<SpendingReply<TransferView>> Transfer(TransferRequest request, CancellationToken cancellation) =>
        await spender.Transfers.Run(await Payer(cancellation), request, cancellation);

    public async Task<SpendingReply<PurchaseView>> Purchase(PurchaseRequest request, CancellationToken cancellation)
    {
        var reply = await Remembered(async () =>
            await spender.Purchases.Run(await Payer(cancellation), request, cancellation));
        if (reply is SpendingReply<PurchaseView>.Done { IsReplay: false, View.Entitlement: var given })
        {
            _entitlements.Update(given);
        }

        return reply;
    }

    public async Task<SpendingReply<RefundView>> Refund(RefundRequest request, CancellationToken cancellation)
    {
        var reply = await Remembered(async () =>
            await spender.Refunds.Run(await Payer(cancellation), request, cancellation));
        _entitlements.Forget();
        return reply;
    }

    public async Task<EntitlementsReply> ListEntitlements(CancellationToken cancellation) =>
        new(clock.Now, await GetEntitlements(cancellation));

    public async Task<ImmutableArray<EntitlementView>> GetEntitlements(CancellationToken cancellation) =>
        await _entitlements.Get(_memory?.Number, cancellation);

    public ValueTask<EntitlementCheck> CheckEntitlement(string service) =>
        _entitlements.Check(_memory?.Number, service, clock.Now);

    public async Task<SpendingReply<UseView>> UseEntitlement(UseRequest request, CancellationToken cancellation) =>
        await _entitlements.Use((await Payer(cancellation)).Number, request, clock.Now.InWholeMicroseconds(), cancellation);

    public Task<SalesPage> GetSales(PageRequest request, CancellationToken cancellation) =>
        pages.ReadSales(_memory?.Number, request, cancellation);

    // One who is not known yet may have been registered by another activation or an operator.
    private async Task<Payer> Payer(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var memory = _memory is { Number: not null } known ? known : await Load(cancellation);
        return new(_id, memory.Number);
    }

    private async Task<T> Remembered<T>(Func<Task<T>> spend)
    {
        try
        {
            return await spend();
        }
        catch
        {
            // It may have landed or not: what is entitled is read again.
            _entitlements.Forget();
            throw;
        }
    }
}
