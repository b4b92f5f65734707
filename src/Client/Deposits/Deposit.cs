using Stk.Rules.Money;

namespace Stk.Client.Deposits;

/// <summary>What has come back from a wallet.</summary>
/// <param name="From">The wallet that has sent it; null where several have.</param>
/// <param name="Memo">As it was sent along.</param>
/// <param name="Signature">Of the transaction on Solana.</param>
/// <param name="Explorer">Where the transaction can be looked at.</param>
public sealed record Deposit(
    Guid Id, Amount Amount, string? From, string? Memo, string Signature, long Slot, string? Explorer, DateTimeOffset At);

/// <summary>What has arrived from outside, as operators see it.</summary>
/// <param name="State">credited, suspense, assigned, returning or returned.</param>
/// <param name="To">To whom it was credited; null where to nobody.</param>
/// <param name="ReturnedBy">The transaction on Solana that has sent it back.</param>
public sealed record Arrival(
    Guid Id, Amount Amount, string State, string? From, string? Memo, string? To, string Signature, long Slot,
    DateTimeOffset At, string? ReturnedBy);
