using Stk.GrainInterfaces.Payouts;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Entitlements;
using Stk.Grains.Payouts;
using Stk.Grains.Purchases;
using Stk.Grains.Transfers;

namespace Stk.Grains.Participants;

/// <summary>A participant as one who pays and buys. One an activation.</summary>
internal sealed class Spender(
    ParticipantRecall recall, TransferPlanner transfers, RecipientLookups recipients, PurchasePlanner purchases,
    Refunds refunds, Withdrawals withdrawals, EntitlementMemory entitlements)
{
    public async Task<SpendingReply<TransferView>> Transfer(TransferRequest request, CancellationToken cancellation) =>
        await transfers.Run(await recall.Payer(cancellation), request, cancellation);

    public Task<RecipientReply> FindRecipient(string id, CancellationToken cancellation) =>
        recipients.Find(recall.Id, recall.Number, id, cancellation);

    public async Task<SpendingReply<PurchaseView>> Purchase(PurchaseRequest request, CancellationToken cancellation)
    {
        var reply = await Remembered(async () =>
            await purchases.Run(await recall.Payer(cancellation), request, cancellation));
        if (reply is SpendingReply<PurchaseView>.Done { IsReplay: false, View.Entitlement: var given })
        {
            entitlements.Update(given);
        }

        return reply;
    }

    public async Task<SpendingReply<RefundView>> Refund(RefundRequest request, CancellationToken cancellation)
    {
        var reply = await Remembered(async () =>
            await refunds.Run(await recall.Payer(cancellation), request, cancellation));
        entitlements.Forget();
        return reply;
    }

    public async Task<SpendingReply<PayoutView>> Withdraw(WithdrawRequest request, CancellationToken cancellation) =>
        await withdrawals.Withdraw(await recall.Payer(cancellation), request, cancellation);

    public async Task<SpendingReply<PayoutView>> CallPayoutOff(
        CallPayoutOffRequest request, CancellationToken cancellation) =>
        await withdrawals.CallOff(await recall.Payer(cancellation), request, cancellation);

    private async Task<T> Remembered<T>(Func<Task<T>> spend)
    {
        try
        {
            return await spend();
        }
        catch
        {
            // It may have landed or not: what is entitled is read again.
            entitlements.Forget();
            throw;
        }
    }
}
