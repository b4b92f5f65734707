using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Money;

namespace Stk.Grains.Torture;

/// <summary>From order to transaction, for whoever posts it and for whoever checks what became of it. Pure.</summary>
public static class TortureTransfers
{
    public static Transaction Plan(TransferOrder order) => new(
        order.Id, TransactionKind.Transfer, "torture",
        [
            new(AccountId.Available(order.From), -order.Amount),
            new(AccountId.Available(order.To), order.Amount),
        ]);
}
