using System.Collections.Immutable;
using Stk.Solana.Keys;

namespace Stk.Settlement.Looks;

/// <summary>What a node is asked in a look. A closed set: nothing outside can add a case.</summary>
public abstract record Question
{
    private Question()
    {
    }

    /// <summary>Which chain it follows: <c>getGenesisHash</c>.</summary>
    public sealed record Genesis : Question;

    /// <summary>Slot and height at finality, of one moment: <c>getEpochInfo</c>.</summary>
    public sealed record Height : Question;

    /// <summary>What stands in the nonce account at finality, and at which slot: <c>getAccountInfo</c>.</summary>
    public sealed record Nonce(PublicKey Account) : Question;

    /// <summary>
    /// What is known of each, in history too: <c>getSignatureStatuses</c>. The attempts' in order, then an older one.
    /// </summary>
    public sealed record Statuses(ImmutableArray<Signature> Signatures) : Question;

    /// <summary>The transaction at finality: <c>getTransaction</c>.</summary>
    public sealed record Landed(Signature Signature) : Question;

    /// <summary>
    /// Who names the address at finality, at this slot or later: <c>getSignaturesForAddress</c>, at most
    /// <see cref="NodeLooking.NamedMost"/>.
    /// </summary>
    public sealed record Named(PublicKey Address, ulong MinContextSlot) : Question;

    /// <summary>The oldest slot that it has: <c>getFirstAvailableBlock</c>.</summary>
    public sealed record FirstBlock : Question;
}
