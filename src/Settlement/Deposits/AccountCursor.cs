using Stk.Solana.Keys;

namespace Stk.Settlement.Deposits;

/// <summary>
/// Up to where one of our token accounts is read. Written in the commit that credits what was read, never before it.
/// </summary>
/// <param name="Last">The last transaction that was read; null where none was.</param>
/// <param name="BalanceMicro">What the account held after it. Unit: micro-STK.</param>
public sealed record AccountCursor(PublicKey Account, Signature? Last, ulong BalanceMicro);
