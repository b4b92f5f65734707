using Stk.Solana.Keys;

namespace Stk.Settlement.Plans;

/// <summary>One movement of our token that an instruction asks for.</summary>
/// <param name="From">A token account; null where it is minted.</param>
/// <param name="To">A token account; null where it is burned.</param>
/// <param name="AmountMicro">Unit: micro-STK.</param>
public readonly record struct TokenMove(PublicKey? From, PublicKey? To, ulong AmountMicro);
