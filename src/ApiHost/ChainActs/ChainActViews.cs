using System.Collections.Immutable;
using Stk.ApiHost.Payouts;
using Stk.GrainInterfaces.ChainActs;
using Stk.Rules.Money;

namespace Stk.ApiHost.ChainActs;

/// <summary>An act on chain that somebody, or a run, has asked for.</summary>
/// <param name="Kind">mint, refill, burn, memo, or return of a deposit.</param>
/// <param name="Amount">Null for a memo.</param>
/// <param name="Text">A memo's; null for others.</param>
/// <param name="State">
/// asked, rejected, lapsed, approved (it waits for a signature), signed, sent, finalized, failed, uncertain, or expired (it
/// waits for another signature).
/// </param>
/// <param name="Week">Whose memo it is, asked for by its run; null otherwise.</param>
/// <param name="AskedBy">An operator, or settlement, where payouts lacked the float; null for a week's memo.</param>
/// <param name="ExpiresAt">Until when it can be decided; null for a week's memo.</param>
/// <param name="Signature">Of what has landed, or was signed last; null before.</param>
/// <param name="Slot">In which it has landed; null before.</param>
/// <param name="Explorer">A page that shows it; null where none is configured, or nothing was signed.</param>
/// <param name="To">The wallet that a return goes back to; null for others.</param>
/// <param name="ToSign">Null where nothing is to be signed, and in lists.</param>
internal sealed record ChainActItem(
    Guid Id, string Kind, Amount? Amount, string? Text, string State, string? Week, string? AskedBy, DateTimeOffset AskedAt,
    string? Reason, DateTimeOffset? ExpiresAt, string? DecidedBy, DateTimeOffset? DecidedAt, string? Signature, long? Slot,
    string? Explorer, string? To, ToSignItem? ToSign)
{
    public static ChainActItem Of(ChainActView act, Explorer explorer) => new(
        act.Id, act.Kind, act.Amount, act.Text, act.State, act.Week?.ToString(), act.AskedBy, act.AskedAt, act.Reason,
        act.ExpiresAt, act.DecidedBy, act.DecidedAt, act.Signature, act.Slot,
        act.Signature is { } signature ? explorer.LinkTo(signature) : null, act.To,
        act.ToSign is { } offer
            ? new(
                offer.Signer, offer.Mint, offer.MintAuthority, offer.Vault, offer.PayoutFloat, offer.NonceAccount,
                offer.Nonce, Base64(offer.Transaction), offer.Trouble)
            : null);

    private static string? Base64(ImmutableArray<byte>? bytes) =>
        bytes is { } some ? Convert.ToBase64String(some.AsSpan()) : null;
}

/// <summary>What the key's holder signs: <c>./stk chain sign</c> makes it anew and compares.</summary>
/// <param name="Signer">Whose key: the mint authority, or the vault. It pays the fee.</param>
/// <param name="NonceAccount">The signer's own.</param>
/// <param name="Nonce">What stands there; null where too few nodes say it.</param>
/// <param name="Transaction">Base64, unsigned; null where it cannot be signed now.</param>
/// <param name="Trouble">Why it cannot be signed now; null where it can.</param>
internal sealed record ToSignItem(
    string Signer, string Mint, string MintAuthority, string Vault, string Float, string NonceAccount, string? Nonce,
    string? Transaction, string? Trouble);

/// <param name="Kind">mint, refill, burn or memo.</param>
/// <param name="Reason">For the record: 1 to 280 characters.</param>
/// <param name="Amount">Above zero; not there with a memo.</param>
/// <param name="Text">Of a memo, at most 280 characters and 400 bytes; there only with one.</param>
internal sealed record AskActBody(string Kind, string Reason, string? Amount = null, string? Text = null);

/// <param name="Transaction">Base64: the act's own, signed.</param>
internal sealed record SignedBody(string Transaction);
