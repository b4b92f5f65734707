using System.Collections.Immutable;
using Stk.Settlement.Proofs;
using Stk.Solana.Keys;

namespace Stk.Settlement.Acts;

/// <summary>One signed transaction of an act. Its row is written before the bytes leave, and never deleted.</summary>
/// <param name="Number">From 1. A later one only after the former has expired.</param>
/// <param name="Bytes">What is sent: these and no others.</param>
/// <param name="SignedSlot">A slot that was final when it was signed: it cannot be in an earlier one.</param>
/// <param name="Node">Whose blockhash it has: it is sent through this node first.</param>
/// <param name="SentAt">When it was sent first; null where no sending is known.</param>
/// <param name="SendAnswer">What was answered to the first sending. It says nothing of the outcome.</param>
/// <param name="Outcome">Null while it is open.</param>
/// <param name="Evidence">By what the outcome is known, or what was last seen before it became uncertain.</param>
public sealed record Attempt(
    int Number,
    ImmutableArray<byte> Bytes,
    Signature Signature,
    Lifetime Lifetime,
    ulong SignedSlot,
    string Node,
    DateTimeOffset? SentAt = null,
    string? SendAnswer = null,
    AttemptOutcome? Outcome = null,
    Evidence? Evidence = null);
