using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Requests;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.GrainInterfaces.ChainActs;

/// <param name="Kind">mint, refill, burn or memo.</param>
/// <param name="Amount">Above zero; null for a memo.</param>
/// <param name="Text">A memo's; null for others.</param>
/// <param name="Reason">For the record: 1 to 280 characters.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.ask-chain-act")]
public sealed record AskChainActRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] string Kind,
    [property: Id(2)] Amount? Amount,
    [property: Id(3)] string? Text,
    [property: Id(4)] string Reason,
    [property: Id(5), FromCaller] string By);

/// <param name="Transaction">As it is sent: signed.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.signed-chain-act")]
public sealed record SignedActRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] Guid Act,
    [property: Id(2)] ImmutableArray<byte> Transaction,
    [property: Id(3), FromCaller] string By);

/// <summary>An act on chain that somebody, or a run, has asked for.</summary>
/// <param name="State">
/// asked, rejected, lapsed (nobody has decided in time), approved, and then the machine's: signed, sent, finalized, failed,
/// uncertain, expired.
/// </param>
/// <param name="Week">Whose memo it is; null for what operators ask for.</param>
/// <param name="AskedBy">
/// The operator's subject; settlement where payouts lacked the float; null for a week's memo, as the next two.
/// </param>
/// <param name="ExpiresAt">Until when it can be decided.</param>
/// <param name="Signature">Of what has landed, or of the last attempt; null before one.</param>
/// <param name="Slot">In which it has landed.</param>
/// <param name="ToSign">For the key's holder; null where nothing is to be signed, and in lists.</param>
/// <param name="To">Base58: the wallet that a return goes back to; null for others.</param>
[GenerateSerializer, Immutable, Alias("stk.chain-act")]
public sealed record ChainActView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Kind,
    [property: Id(2)] Amount? Amount,
    [property: Id(3)] string? Text,
    [property: Id(4)] string State,
    [property: Id(5)] WeekId? Week,
    [property: Id(6)] string? AskedBy,
    [property: Id(7)] DateTimeOffset AskedAt,
    [property: Id(8)] string? Reason,
    [property: Id(9)] DateTimeOffset? ExpiresAt,
    [property: Id(10)] string? DecidedBy,
    [property: Id(11)] DateTimeOffset? DecidedAt,
    [property: Id(12)] string? Signature,
    [property: Id(13)] long? Slot,
    [property: Id(14)] ActToSign? ToSign = null,
    [property: Id(15)] string? To = null);

/// <summary>What is to be signed. Addresses are in base58.</summary>
/// <param name="Signer">Whose key: the mint authority's or the vault's. It pays the fee too.</param>
/// <param name="NonceAccount">The signer's own.</param>
/// <param name="Nonce">What stands there by enough nodes; null where they do not say it.</param>
/// <param name="Transaction">Unsigned; null where it cannot be signed now.</param>
/// <param name="Trouble">A sentence: why it cannot be signed now; null where it can.</param>
[GenerateSerializer, Immutable, Alias("stk.chain-act-to-sign")]
public sealed record ActToSign(
    [property: Id(0)] string Signer,
    [property: Id(1)] string Mint,
    [property: Id(2)] string MintAuthority,
    [property: Id(3)] string Vault,
    [property: Id(4)] string PayoutFloat,
    [property: Id(5)] string NonceAccount,
    [property: Id(6)] string? Nonce,
    [property: Id(7)] ImmutableArray<byte>? Transaction,
    [property: Id(8)] string? Trouble);

/// <summary>A page, newest first. A null <paramref name="Next"/> ends the list.</summary>
/// <param name="IsCursorValid">False where the request's cursor was none of ours: the page is empty then.</param>
[GenerateSerializer, Immutable, Alias("stk.chain-act-page")]
public sealed record ChainActPage(
    [property: Id(0)] ImmutableArray<ChainActView> Acts,
    [property: Id(1)] string? Next,
    [property: Id(2)] bool IsCursorValid = true);

/// <summary>What became of signed bytes. A closed set.</summary>
[GenerateSerializer, Immutable, Alias("stk.signed-act-reply")]
public abstract record SignedActReply
{
    private SignedActReply() { }

    /// <summary>They are kept, and sent from now on.</summary>
    /// <param name="IsReplay">They were there already.</param>
    [GenerateSerializer, Immutable, Alias("stk.signed-act-reply.done")]
    public sealed record Done([property: Id(0)] ChainActView Act, [property: Id(1)] bool IsReplay) : SignedActReply;

    /// <summary>They are not this act's, or could not land. Nothing is kept.</summary>
    /// <param name="Why">A sentence.</param>
    [GenerateSerializer, Immutable, Alias("stk.signed-act-reply.not-signed-for")]
    public sealed record NotSignedFor([property: Id(0)] string Why) : SignedActReply;

    /// <summary>The act waits for no signature: it is not approved, or is on its way, or has ended.</summary>
    [GenerateSerializer, Immutable, Alias("stk.signed-act-reply.not-awaited")]
    public sealed record NotAwaited([property: Id(0)] string State) : SignedActReply;

    /// <summary>Too few nodes say what stands in the nonce account.</summary>
    [GenerateSerializer, Immutable, Alias("stk.signed-act-reply.chain-silent")]
    public sealed record ChainSilent : SignedActReply;

    /// <summary>There is no act of this id.</summary>
    [GenerateSerializer, Immutable, Alias("stk.signed-act-reply.unknown")]
    public sealed record Unknown : SignedActReply;

    /// <summary>Who asks is no operator by the register.</summary>
    [GenerateSerializer, Immutable, Alias("stk.signed-act-reply.operator-unknown")]
    public sealed record OperatorUnknown : SignedActReply;

    [GenerateSerializer, Immutable, Alias("stk.signed-act-reply.key-reused")]
    public sealed record KeyReused : SignedActReply;
}
