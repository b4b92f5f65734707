using System.Collections.Immutable;
using Stk.Grains.Notices;
using Stk.Ledger.Accounts;
using Stk.Ledger.Effects;
using Stk.Ledger.Machine;
using Stk.Rules.Money;
using Stk.Rules.Notices;
using Stk.Rules.Payouts;
using Stk.Rules.Weeks;
using Stk.Settlement;

namespace Stk.Grains.Payouts;

/// <summary>
/// The ledger transactions of payouts. Each id is of its cause, so that a repeat moves nothing. Pure.
/// </summary>
internal static class PayoutTransactions
{
    /// <summary><c>available -> settling</c>, and the payout's row.</summary>
    /// <param name="id">The payout's.</param>
    /// <param name="beside">What else the commit writes.</param>
    public static Transaction Withdraw(
        Guid id, long participant, PayoutWallet wallet, Amount amount, WeekId? week,
        params ImmutableArray<IEffect> beside) =>
        new(
            id, TransactionKind.Withdrawal, week?.ToString() ?? "",
            [
                new(AccountId.Available(participant), -amount),
                new(AccountId.Settling(participant), amount),
            ],
            [.. beside, new WithdrawalEffect(participant, wallet, amount, week)]);

    /// <summary><c>settling -> chain</c> for all payouts of an act that has landed.</summary>
    /// <param name="payouts">All of the act; not empty.</param>
    /// <param name="signature">Of what has landed.</param>
    public static Transaction Settle(Guid act, IReadOnlyList<SettledPayout> payouts, string signature)
    {
        // One line an account: a person may have several payouts in a batch.
        var lines = payouts.GroupBy(payout => payout.Participant).OrderBy(group => group.Key)
            .Select(group => new Posting(
                AccountId.Settling(group.Key), -Amount.Sum(group.Select(payout => payout.Amount))))
            .ToList();
        return new(
            SettlementIds.Settlement(act), TransactionKind.Settlement, act.ToString(),
            [.. lines, new(AccountId.Chain, Amount.Sum(payouts.Select(payout => payout.Amount)))],
            [
                .. payouts.OrderBy(payout => payout.Id).SelectMany(payout => ImmutableArray.Create<IEffect>(
                    new SettlementEffect(act, payout),
                    new NoticeEffect(Notice.Of(
                        NoticeKinds.PayoutPaid, payout.Participant, new { amount = payout.Amount, signature },
                        payout.Id.ToString())))),
            ]);
    }

    /// <summary><c>settling -> available</c> of one payout.</summary>
    /// <param name="act">Which had it; null where none has it.</param>
    public static Transaction Return(
        SettledPayout payout, PayoutReason reason, Guid? act, params ImmutableArray<IEffect> beside) => new(
            SettlementIds.Return(payout.Id), TransactionKind.WithdrawalReturn, payout.Id.ToString(),
            [
                new(AccountId.Settling(payout.Participant), -payout.Amount),
                new(AccountId.Available(payout.Participant), payout.Amount),
            ],
            [
                .. beside,
                new PayoutReturnEffect(payout, reason, act),
                // Who has called it off knows.
                .. reason == PayoutReason.CalledOff
                    ? ImmutableArray<IEffect>.Empty
                    :
                    [
                        new NoticeEffect(Notice.Of(
                            NoticeKinds.PayoutReturned, payout.Participant,
                            new { amount = payout.Amount, reason = reason.WireName() }, payout.Id.ToString())),
                    ],
            ]);
}
