using Stk.Rules.Money;

namespace Stk.Client.Payouts;

/// <summary>What leaves for a wallet.</summary>
/// <param name="Kind">withdrawal, or weekly.</param>
/// <param name="Week">Of whose run it is; null for a withdrawal.</param>
/// <param name="Address">The wallet that it is for.</param>
/// <param name="State">waiting, sending, checking, paid or returned.</param>
/// <param name="Signature">Of the transaction on Solana, once it was sent.</param>
/// <param name="Slot">In which it has landed for ever.</param>
/// <param name="Explorer">Where the transaction can be looked at.</param>
/// <param name="WaitsFor">float, chain, signer, day-cap, wallet, review or fees.</param>
/// <param name="Reason">Why it was returned.</param>
/// <param name="Message">A sentence that says what that means.</param>
public sealed record Payout(
    Guid Id, string Kind, string? Week, Amount Amount, string Address, string State, DateTimeOffset Since,
    string? Signature, long? Slot, string? Explorer, string? WaitsFor, string? Reason, string Message);
