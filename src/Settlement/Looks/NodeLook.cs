using System.Collections.Immutable;
using System.Globalization;
using Stk.Settlement.Landings;
using Stk.Settlement.Proofs;
using Stk.Solana.Keys;
using Stk.Solana.Rpc;

namespace Stk.Settlement.Looks;

/// <summary>A look at one node: what it has said so far, and what it is being asked.</summary>
/// <param name="Asked">The open question; null once the look has ended.</param>
/// <param name="Says">What it has come to; null before the end.</param>
/// <param name="Why">A few words, where it came to less than a proof.</param>
/// <param name="Slot">Finalized, of height or nonce.</param>
/// <param name="IsLifeOver">At that slot the last attempt could not land any more.</param>
/// <param name="ToRead">Signatures that name the reference and whose transactions are not read yet.</param>
public sealed record NodeLook(
    string Node,
    Question? Asked,
    NodeSays? Says = null,
    string? Why = null,
    string? Genesis = null,
    ulong? Slot = null,
    ulong? Height = null,
    Blockhash? Nonce = null,
    bool IsLifeOver = false,
    ulong? StatusesSlot = null,
    ImmutableArray<SignatureStatus?> Statuses = default,
    ImmutableArray<Signature> NamedBy = default,
    ImmutableArray<Signature> ToRead = default,
    ulong? FirstBlock = null,
    bool? KnowsLandmark = null,
    Landing? Landing = null)
{
    /// <summary>Whether its word counts: it has answered, and for our chain.</summary>
    public bool IsFit => Says is not (null or NodeSays.Nothing or NodeSays.OtherChain);

    /// <summary>Whether it shows something of ours, final or not.</summary>
    public bool ShowsUs => Says is NodeSays.Seen or NodeSays.Landed or NodeSays.Contradiction;

    public NodeLook Ask(Question next) => this with { Asked = next };

    /// <summary>It answers no more. What it has shown before that stays shown.</summary>
    public NodeLook FallSilent(string why) =>
        End(!Statuses.IsDefault && Statuses.Any(status => status is not null) ? NodeSays.Seen : NodeSays.Nothing, why);

    public NodeLook End(NodeSays says, string? why = null) => this with { Asked = null, Says = says, Why = why };

    public NodeEvidence ToEvidence() => new(
        Node, (Says ?? NodeSays.Nothing).ToString(), Why, Genesis, Slot, Height, Nonce?.ToString(), StatusesSlot,
        Statuses.IsDefault ? [] : [.. Statuses.Select(Text)],
        NamedBy.IsDefault ? [] : [.. NamedBy.Select(signature => signature.ToString())],
        FirstBlock, KnowsLandmark,
        Landing is { } landing
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{landing.Signature} in slot {landing.Slot}: {landing.Failure?.Sentence ?? "success"}")
            : null);

    private static string Text(SignatureStatus? status) => status is null
        ? "none"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{status.Commitment} in slot {status.Slot}: {status.Failure?.Sentence ?? "success"}");
}
