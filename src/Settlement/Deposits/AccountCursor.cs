using Stk.Solana.Keys;

namespace Stk.Settlement.Deposits;

/// <summary>
/// Up to where one of our token accounts is read. Written after the deposits of what was read, never before them.
/// </summary>
/// <param name="Slot">All up to its end is read, and nothing of a later one; 0 where nothing was.</param>
/// <param name="Last">One of the last transactions that were read; null where none was.</param>
/// <param name="BalanceMicro">What the account held then. Unit: micro-STK.</param>
public sealed record AccountCursor(PublicKey Account, ulong Slot, Signature? Last, ulong BalanceMicro)
{
    /// <summary>An account is read from its beginning: what arrived before anybody looked counts too.</summary>
    public static AccountCursor Begin(PublicKey account) => new(account, 0, null, 0);
}
