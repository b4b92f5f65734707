using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Money;

namespace Stk.Grains.Torture;

/// <summary>From order to transaction, for whoever posts it and for whoever checks what became of it. Pure.</summary>
public static class TortureTransfers
{
    public static Transaction Plan(TransferOrder order) => Plan(order, TransactionKind.Harness);

    /// <summary>As the builds before this one planned it: after an upgrade from them their ids are still known.</summary>
    public static Transaction PlanOfBefore(TransferOrder order) => Plan(order, TransactionKind.Transfer);

    private static Transaction Plan(TransferOrder order, TransactionKind kind) => new(
        order.Id, kind, "torture",
        [
            new(AccountId.Available(order.From), -order.Amount),
            new(AccountId.Available(order.To), order.Amount),
        ]);
}
