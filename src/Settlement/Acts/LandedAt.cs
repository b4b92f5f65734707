using Stk.Solana.Keys;

namespace Stk.Settlement.Acts;

/// <param name="Signature">Of an attempt, or of one whose row was lost.</param>
/// <param name="Slot">Null where operators have said that it landed, and no node shows it any more.</param>
public sealed record LandedAt(Signature Signature, ulong? Slot);
