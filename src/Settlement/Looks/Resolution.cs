using Stk.Solana.Keys;

namespace Stk.Settlement.Looks;

/// <summary>What two operators say of an act that is uncertain.</summary>
/// <param name="IsLanded">It has landed; otherwise it can never land.</param>
/// <param name="Signature">Which one has landed: one of the attempts'. Null where it has expired.</param>
/// <param name="By">For the evidence: who asked and who approved.</param>
public sealed record Resolution(bool IsLanded, Signature? Signature, string By);
