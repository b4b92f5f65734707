using Stk.Ledger;
using Stk.Solana.Messages;

namespace Stk.Grains.Signing;

/// <summary>A week's memo that is to be signed.</summary>
/// <inheritdoc cref="SigningRequest"/>
public sealed record MemoSigningRequest(
    Guid Act, int Attempt, string Text, ulong UnitPriceMicroLamports, Message Message, LedgerHead Head);
