using Stk.Settlement.Acts;
using Stk.Settlement.Plans;
using Stk.Settlement.Refusals;
using Stk.Simulation.Mistakes;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Payouts;

namespace Stk.Simulation.Settling;

/// <summary>
/// A signer that keeps its file, refuses a payout for its size and another for its wallet, and guards nothing else: what is
/// looked for is whether the machine alone ever pays twice.
/// </summary>
internal sealed class SettlingSigner(Mistake mistake)
{
    private const ulong AboveMaximum = 6;
    private const ulong Unripe = 4;
    private const int RipeAtMs = 30_000;

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

    /// <summary>By what it does not sign; null for what it signs. Each amount is a payout's number.</summary>
    public static string? Rule(ActPlan plan, int nowMs, out Guid? guilty)
    {
        guilty = plan.Payouts.Where(payout => payout.AmountMicro == AboveMaximum).Select(payout => (Guid?)payout.Id)
            .FirstOrDefault();
        if (guilty is not null)
        {
            return Remedies.PayoutMax;
        }

        guilty = plan.Payouts.Where(payout => payout.AmountMicro == Unripe && nowMs < RipeAtMs)
            .Select(payout => (Guid?)payout.Id).FirstOrDefault();
        return guilty is not null ? Remedies.DestinationUnripe : null;
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
