using Stk.GrainInterfaces.Payouts;
using Stk.Rules.Money;
using Stk.Rules.Payouts;

namespace Stk.ApiHost.Payouts;

/// <param name="Amount">Above zero: what the wallet gets. Neither fee nor rent is taken from it.</param>
internal sealed record WithdrawBody(Amount Amount);

/// <summary>What leaves for a wallet.</summary>
/// <param name="Kind">withdrawal, or weekly.</param>
/// <param name="Week">Of whose run it is.</param>
/// <param name="Address">The wallet that it is for.</param>
/// <param name="State">waiting, sending, checking, paid or returned.</param>
/// <param name="Since">Since when the ledger has it so.</param>
/// <param name="Signature">Of the transaction on Solana, once it was sent.</param>
/// <param name="Slot">In which it has landed for ever.</param>
/// <param name="Explorer">Where the transaction can be looked at.</param>
/// <param name="WaitsFor">
/// float, chain, signer, day-cap, wallet, review or fees; null where it waits for nothing but its turn.
/// </param>
/// <param name="Reason">Why it was returned.</param>
/// <param name="Message">A sentence that says what that means.</param>
internal sealed record PayoutItem(
    Guid Id, string Kind, string? Week, Amount Amount, string Address, string State, DateTimeOffset Since,
    string? Signature, long? Slot, string? Explorer, string? WaitsFor, string? Reason, string Message)
{
    public static PayoutItem Of(PayoutView payout, Explorer explorer) => new(
        payout.Id, payout.Week is null ? "withdrawal" : "weekly", payout.Week?.ToString(), payout.Amount, payout.Address,
        payout.Stage.WireName(), payout.Since, payout.Signature, payout.Slot,
        payout.Signature is { } signature ? explorer.LinkTo(signature) : null, payout.Hold?.WireName(),
        payout.Reason?.WireName(), PayoutSentences.Of(payout.Stage, payout.Hold, payout.Reason));
}
