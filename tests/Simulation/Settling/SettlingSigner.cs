using Stk.Settlement.Acts;
using Stk.Simulation.Mistakes;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Payouts;

namespace Stk.Simulation.Settling;

/// <summary>
/// A signer that keeps its file and guards nothing: what is looked for is whether the machine alone ever pays twice.
/// </summary>
internal sealed class SettlingSigner(Mistake mistake)
{
    private readonly HashSet<Signature> _file = [];
    private readonly HashSet<Signature> _notFlushed = [];

    public bool Has(Signature signature) => _file.Contains(signature);

    /// <summary>What was written and not flushed is gone.</summary>
    public void Crash() => _notFlushed.Clear();

    public void Flush()
    {
        _file.UnionWith(_notFlushed);
        _notFlushed.Clear();
    }

    public Transaction Sign(ChainAct act, Blockhash lifetime)
    {
        var batch = new PayoutBatch(
            [.. act.Plan.Payouts.Select(payout => new Payout(
                payout.Id, payout.Wallet, payout.AmountMicro, payout.NeedsAccount))],
            [.. act.Plan.Payouts.Select(payout => payout.Account)],
            UnitLimit: 200_000);
        var signed = Transaction.Sign(
            batch.ToMessage(SettlingPlan.Terms, BatchReference.Of(act.Id), lifetime), SettlingPlan.PayoutFloat);
        _notFlushed.Add(signed.Id);
        if (mistake != Mistake.SignersFileFlushedLater)
        {
            Flush();
        }

        return signed;
    }
}
