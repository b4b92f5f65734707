using System.Text.Json.Serialization;
using Stk.Rules.Money;

namespace Stk.Client.ChainActs;

/// <summary>An act on chain that somebody, or a run, has asked for.</summary>
/// <param name="Kind">mint, refill, burn, memo, or return of a deposit.</param>
/// <param name="State">
/// asked, rejected, lapsed, approved (it waits for a signature), signed, sent, finalized, failed, uncertain or expired.
/// </param>
/// <param name="AskedBy">An operator, or settlement, where payouts lacked the float; null for a week's memo.</param>
/// <param name="Signature">Of what has landed, or was signed last; null before.</param>
/// <param name="To">The wallet that a return goes back to; null for others.</param>
/// <param name="ToSign">Null where nothing is to be signed, and in lists.</param>
public sealed record ChainAct(
    Guid Id, string Kind, Amount? Amount, string? Text, string State, string? Week, string? AskedBy, DateTimeOffset AskedAt,
    string? Reason, DateTimeOffset? ExpiresAt, string? DecidedBy, DateTimeOffset? DecidedAt, string? Signature, long? Slot,
    string? Explorer, string? To, ToSign? ToSign);

/// <summary>What the key's holder is to sign.</summary>
/// <param name="Signer">Whose key: the mint authority, or the vault. Base58, as all addresses.</param>
/// <param name="Transaction">Base64, unsigned; null where it cannot be signed now.</param>
/// <param name="Trouble">Why it cannot be signed now; null where it can.</param>
public sealed record ToSign(
    string Signer, string Mint, string MintAuthority, string Vault,
    [property: JsonPropertyName("float")] string PayoutFloat, string NonceAccount, string? Nonce,
    string? Transaction, string? Trouble);
