using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics;
using Npgsql;
using Stk.Ledger;
using Stk.Ledger.Machine;
using Stk.Rules.Payouts;
using Stk.Settlement.Acts;
using Stk.Settlement.Machine;
using Stk.Settlement.Plans;

namespace Stk.Grains.Payouts;

/// <summary>Carries out what the machine orders in the ledger. Each id is of its cause: a repeat moves nothing.</summary>
internal sealed class LedgerOrders(
    ILedger ledger, ActTable acts, BatchTable payouts, IEnumerable<IAskedOutcome> outcomes, SettlementMetrics metrics)
{
    private readonly FrozenDictionary<ActKind, IAskedOutcome> _outcomes =
        outcomes.ToFrozenDictionary(outcome => outcome.Kind);

    /// <summary><c>settling -> chain</c> for all payouts of an act that has landed.</summary>
    /// <exception cref="InvalidOperationException">The rows are not the plan's, or the ledger has refused.</exception>
    public async Task<Seen> Post(ChainAct act)
    {
        var landed = act.Landed ?? throw new InvalidOperationException($"act {act.Id} is posted, and has not landed");
        if (act.Plan.Payouts.IsEmpty)
        {
            // A mint, a refill, a burn and a memo move nothing in the ledger.
            if (_outcomes.TryGetValue(act.Plan.Kind, out var outcome))
            {
                await outcome.Land(act, landed);
            }

            return new Seen.Posted();
        }

        var found = Planned(act.Plan, await payouts.ReadOf(act.Id, CancellationToken.None));
        if (await Post(PayoutTransactions.Settle(act.Id, found, landed.Signature.ToString())))
        {
            metrics.Paid(found.Count);
        }

        return new Seen.Posted();
    }

    /// <summary>The guilty back to <c>available</c>, and then the others to wait for a new act.</summary>
    public async Task<Seen> Release(ChainAct act, Order.Release order, long epoch)
    {
        var found = (await payouts.ReadOf(act.Id, CancellationToken.None)).ToDictionary(payout => payout.Payout.Id);
        foreach (var (id, flaw) in order.Returned)
        {
            if (await Post(PayoutTransactions.Return(
                found.TryGetValue(id, out var payout)
                    ? payout.Payout
                    : throw new InvalidOperationException($"act {act.Id} returns payout {id}, which it does not have"),
                Reason(flaw), act.Id)))
            {
                metrics.Returned();
            }
        }

        // After the returns: where this is begun again, what was freed already may be another act's.
        await acts.Write(
            epoch,
            [
                BatchTable.Free(act.Id, [.. order.Others]),
                .. _outcomes.TryGetValue(act.Plan.Kind, out var outcome)
                    ? [outcome.Fail(act)]
                    : Array.Empty<NpgsqlBatchCommand>(),
            ]);
        return new Seen.Released();
    }

    // Whether it was posted now: a repeat moves nothing.
    private async Task<bool> Post(Transaction transaction)
    {
        var result = await ledger.Post(transaction, PostPriority.Bulk);
        if (result.Objection is { } refusal)
        {
            throw new InvalidOperationException($"the ledger refused {transaction.Kind} {transaction.Id}: {refusal}");
        }

        return result is PostResult.Accepted;
    }

    private static List<SettledPayout> Planned(ActPlan plan, ImmutableArray<BatchedPayout> found)
    {
        var byId = found.ToDictionary(payout => payout.Payout.Id, payout => payout.Payout);
        if (byId.Count != plan.Payouts.Length || plan.Payouts.Any(planned =>
            !byId.TryGetValue(planned.Id, out var payout) || (ulong)payout.Amount.Micro != planned.AmountMicro))
        {
            throw new InvalidOperationException("the payouts of an act are not those of its plan");
        }

        return [.. byId.Values];
    }

    private static PayoutReason Reason(PayeeFlaw flaw) => flaw switch
    {
        PayeeFlaw.WalletClosed => PayoutReason.WalletClosed,
        PayeeFlaw.NotSystemOwned => PayoutReason.NotSystemOwned,
        PayeeFlaw.TokenAccountOwnerChanged => PayoutReason.TokenAccountOwnerChanged,
        PayeeFlaw.TokenAccountMissing => PayoutReason.TokenAccountMissing,
        PayeeFlaw.AboveMaximum => PayoutReason.AboveMaximum,
        _ => throw new UnreachableException(),
    };
}
