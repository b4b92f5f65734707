using Stk.Solana.Keys;

namespace Stk.Solana.Rpc;

/// <param name="AccountIndex">Among the transaction's accounts, those from lookup tables behind its own.</param>
/// <param name="Amount">Unit: the mint's smallest.</param>
public sealed record TokenBalance(int AccountIndex, PublicKey Mint, PublicKey? Owner, ulong Amount);
