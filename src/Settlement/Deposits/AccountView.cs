using System.Collections.Immutable;

namespace Stk.Settlement.Deposits;

/// <summary>What one node, of our chain, says of one of our token accounts, at finality.</summary>
/// <param name="Slot">Of the balance, which is asked for first.</param>
/// <param name="BalanceMicro">Unit: micro-STK.</param>
/// <param name="Entries">All after the cursor, the oldest first, of that slot and perhaps of later ones.</param>
public sealed record AccountView(string Node, ulong Slot, ulong BalanceMicro, ImmutableArray<AccountEntry> Entries);
