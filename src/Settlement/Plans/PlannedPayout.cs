using Stk.Solana.Keys;

namespace Stk.Settlement.Plans;

/// <summary>One payout of a batch.</summary>
/// <param name="Account">The wallet's token account.</param>
/// <param name="AmountMicro">Unit: micro-STK.</param>
/// <param name="NeedsAccount">Whether the batch makes that account before it pays.</param>
public sealed record PlannedPayout(Guid Id, PublicKey Wallet, PublicKey Account, ulong AmountMicro, bool NeedsAccount);
