using System.Collections.Immutable;

namespace Stk.Settlement.Proofs;

/// <summary>What one node said, in the order in which it was asked. Null: it was not asked so far.</summary>
/// <param name="Says">What it came to: <c>absent</c>, <c>landed</c>, ...</param>
/// <param name="Why">A few words where it came to less than a proof.</param>
/// <param name="Genesis">The hash of the chain that it follows.</param>
/// <param name="Slot">The finalized slot of the height, or of the nonce.</param>
/// <param name="Height">At that slot. Unit: blocks.</param>
/// <param name="Nonce">What stood in the nonce account.</param>
/// <param name="StatusesSlot">The slot whose statuses these are.</param>
/// <param name="Statuses">One an attempt, in order: <c>none</c> or commitment, slot and failure.</param>
/// <param name="ReferencedBy">Signatures that name the act's reference.</param>
/// <param name="FirstBlock">The oldest slot that the node has.</param>
/// <param name="KnowsLandmark">Whether it finds an older signature of ours, which is there.</param>
/// <param name="Landing">Signature, slot and failure of what it shows as landed.</param>
public sealed record NodeEvidence(
    string Node,
    string Says,
    string? Why,
    string? Genesis,
    ulong? Slot,
    ulong? Height,
    string? Nonce,
    ulong? StatusesSlot,
    ImmutableArray<string> Statuses,
    ImmutableArray<string> ReferencedBy,
    ulong? FirstBlock,
    bool? KnowsLandmark,
    string? Landing);
