using Stk.Solana.Keys;

namespace Stk.Settlement.Looks;

/// <summary>A signature of ours that is known to be final: a node that does not find it cannot say what is absent.</summary>
public sealed record Landmark(Signature Signature, ulong Slot);
