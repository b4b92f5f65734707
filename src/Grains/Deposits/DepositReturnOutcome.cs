using Npgsql;
using Stk.Grains.Payouts;
using Stk.Ledger;
using Stk.Ledger.Machine;
using Stk.Settlement.Acts;
using Stk.Settlement.Plans;

namespace Stk.Grains.Deposits;

/// <summary>What was sent back leaves suspense; what could not be sent back stands in suspense again.</summary>
internal sealed class DepositReturnOutcome(DepositTable deposits, ILedger ledger, DepositMetrics metrics) : IAskedOutcome
{
    public ActKind Kind => ActKind.Return;

    public async Task Land(ChainAct act, LandedAt landed)
    {
        var (deposit, amount) = await deposits.FindReturn(act.Id, CancellationToken.None)
            ?? throw new InvalidOperationException($"act {act.Id} sends back a deposit that is not there");
        var result = await ledger.Post(
            DepositTransactions.Return(deposit, amount, act.Id, landed.Signature), PostPriority.Bulk);
        if (result.Objection is { } refusal)
        {
            throw new InvalidOperationException($"the ledger refused the return of deposit {deposit}: {refusal}");
        }

        if (result is PostResult.Accepted)
        {
            metrics.SentBack();
        }
    }

    public NpgsqlBatchCommand Fail(ChainAct act) => DepositTable.EndReturn(act.Id);
}
