using Stk.ApiHost.Payouts;
using Stk.GrainInterfaces.Deposits;
using Stk.Rules.Deposits;
using Stk.Rules.Money;

namespace Stk.ApiHost.Deposits;

/// <summary>What has come back from a wallet.</summary>
/// <param name="From">The wallet that has sent it; null where several have.</param>
/// <param name="Memo">As it was sent along; null where there was none.</param>
/// <param name="Signature">Of the transaction on Solana.</param>
/// <param name="Explorer">Where the transaction can be looked at.</param>
/// <param name="At">Since when it is in the ledger.</param>
internal sealed record DepositItem(
    Guid Id, Amount Amount, string? From, string? Memo, string Signature, long Slot, string? Explorer, DateTimeOffset At)
{
    public static DepositItem Of(DepositView deposit, Explorer explorer) => new(
        deposit.Id, deposit.Amount, deposit.Sender, deposit.Memo, deposit.Signature, deposit.Slot,
        explorer.LinkTo(deposit.Signature), deposit.At);
}

/// <summary>What has arrived from outside, as operators see it.</summary>
/// <param name="State">credited, suspense, assigned, returning or returned.</param>
/// <param name="From">The wallet that has sent it; null where several have.</param>
/// <param name="Memo">As it was sent along; null where there was none.</param>
/// <param name="To">To whom it was credited; null where to nobody.</param>
/// <param name="Signature">Of the transaction on Solana.</param>
/// <param name="At">Since when it is in the ledger.</param>
/// <param name="ReturnedBy">The transaction on Solana that has sent it back.</param>
internal sealed record ArrivalItem(
    Guid Id, Amount Amount, string State, string? From, string? Memo, string? To, string Signature, long Slot,
    DateTimeOffset At, string? ReturnedBy)
{
    public static ArrivalItem Of(DepositView deposit) => new(
        deposit.Id, deposit.Amount, deposit.State.WireName(), deposit.Sender, deposit.Memo, deposit.Participant,
        deposit.Signature, deposit.Slot, deposit.At, deposit.ReturnedBy);
}

/// <param name="To">The id of whom it is credited to.</param>
/// <param name="Reason">For the record: 1 to 280 characters.</param>
internal sealed record AssignBody(string To, string Reason);
