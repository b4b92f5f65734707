using Stk.Solana.Keys;

namespace Stk.Solana.Payouts;

/// <summary>What one participant is to receive.</summary>
/// <param name="Id">Of the ledger's payout; comes back in the plan.</param>
/// <param name="Wallet">Linked, so somebody holds its key.</param>
/// <param name="AmountMicro">Above zero. Unit: micro-STK.</param>
/// <param name="NeedsAccount">Whether the wallet has no token account yet: making it costs bytes and rent.</param>
public readonly record struct Payout(Guid Id, PublicKey Wallet, ulong AmountMicro, bool NeedsAccount);
