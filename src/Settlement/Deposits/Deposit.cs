using Stk.Solana.Keys;

namespace Stk.Settlement.Deposits;

/// <summary>What somebody has sent us.</summary>
/// <param name="Id">v5 of signature and account: it is credited once, whoever reads it again.</param>
/// <param name="AmountMicro">Above zero. Unit: micro-STK.</param>
public sealed record Deposit(
    Guid Id, Signature Signature, int AccountIndex, ulong Slot, long AmountMicro, PublicKey? Sender, string? Memo);
