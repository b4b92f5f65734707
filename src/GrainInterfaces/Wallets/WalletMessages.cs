using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Requests;
using Stk.Rules.Money;
using Stk.Rules.Wallets;

namespace Stk.GrainInterfaces.Wallets;

/// <summary>A participant's wallet, and what becomes of its STK.</summary>
/// <param name="Address">Base58; null where nothing is linked, and so the next two and the token account.</param>
/// <param name="LinkedAt">By the economy's clock.</param>
/// <param name="PayableFrom">Nothing is paid there before. By the economy's clock.</param>
/// <param name="TokenAccount">The wallet's associated token account of the mint.</param>
[GenerateSerializer, Immutable, Alias("stk.wallet-view")]
public sealed record WalletView(
    [property: Id(0)] string? Address,
    [property: Id(1)] DateTimeOffset? LinkedAt,
    [property: Id(2)] DateTimeOffset? PayableFrom,
    [property: Id(3)] WalletMode Mode,
    [property: Id(4)] string? TokenAccount);

/// <param name="Address">Base58.</param>
/// <param name="Domain">Whose page asks: the wallet refuses another's.</param>
/// <param name="Uri">The page.</param>
[GenerateSerializer, Immutable, Alias("stk.wallet-challenge-request")]
public sealed record ChallengeRequest(
    [property: Id(0)] string Address,
    [property: Id(1)] ProofForm Form,
    [property: Id(2)] string Domain,
    [property: Id(3)] Uri Uri);

/// <param name="Nonce">The challenge's name, and part of its text.</param>
/// <param name="Text">What is signed, to the byte.</param>
/// <param name="Statement">The text's line for its reader, and the other parts of which the text is made.</param>
/// <param name="IssuedAt">As the text has it.</param>
/// <param name="ExpirationTime">As the text has it.</param>
/// <param name="ExpiresAt">By the host's clock.</param>
/// <param name="Transaction">What is signed in the form of a transaction; null in the other form.</param>
[GenerateSerializer, Immutable, Alias("stk.wallet-challenge")]
public sealed record ChallengeView(
    [property: Id(0)] string Nonce,
    [property: Id(1)] string Text,
    [property: Id(2)] string Domain,
    [property: Id(3)] string Address,
    [property: Id(4)] string Statement,
    [property: Id(5)] string Uri,
    [property: Id(6)] string Version,
    [property: Id(7)] string ChainId,
    [property: Id(8)] string IssuedAt,
    [property: Id(9)] string ExpirationTime,
    [property: Id(10)] DateTimeOffset ExpiresAt,
    [property: Id(11)] byte[]? Transaction);

/// <summary>What became of the wish for a challenge. A closed set.</summary>
[GenerateSerializer, Immutable, Alias("stk.wallet-challenge-reply")]
public abstract record ChallengeReply
{
    private ChallengeReply() { }

    [GenerateSerializer, Immutable, Alias("stk.wallet-challenge-reply.done")]
    public sealed record Done([property: Id(0)] ChallengeView Challenge) : ChallengeReply;

    [GenerateSerializer, Immutable, Alias("stk.wallet-challenge-reply.refused")]
    public sealed record Refused([property: Id(0)] RefusedWallet Refusal) : ChallengeReply;
}

/// <param name="Challenge">Its nonce.</param>
/// <param name="Signature">Base58; null in the form of a transaction.</param>
/// <param name="SignedMessage">What was signed, where the wallet has changed the text's form.</param>
/// <param name="Transaction">Signed; null in the form of a message.</param>
/// <param name="SignedInAt">When whoever asks has shown who they are, as their token says.</param>
[GenerateSerializer, Immutable, Alias("stk.link-wallet")]
public sealed record LinkWalletRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] string Challenge,
    [property: Id(2)] string? Signature,
    [property: Id(3)] byte[]? SignedMessage,
    [property: Id(4)] byte[]? Transaction,
    [property: Id(5), FromCaller(CallerFact.SignedInAt)] DateTimeOffset? SignedInAt);

/// <param name="SignedInAt">When whoever asks has shown who they are, as their token says.</param>
[GenerateSerializer, Immutable, Alias("stk.unlink-wallet")]
public sealed record UnlinkWalletRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1), FromCaller(CallerFact.SignedInAt)] DateTimeOffset? SignedInAt);

/// <param name="SignedInAt">When whoever asks has shown who they are, as their token says.</param>
[GenerateSerializer, Immutable, Alias("stk.set-wallet-mode")]
public sealed record SetWalletModeRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] WalletMode Mode,
    [property: Id(2), FromCaller(CallerFact.SignedInAt)] DateTimeOffset? SignedInAt);

/// <summary>Why nothing was done.</summary>
/// <param name="Field">The member that breaks a rule; null where it is none.</param>
/// <param name="Rule">As a sentence says it; null where the reason says all.</param>
[GenerateSerializer, Immutable, Alias("stk.refused-wallet")]
public sealed record RefusedWallet(
    [property: Id(0)] WalletRefusal Reason, [property: Id(1)] string? Field = null, [property: Id(2)] string? Rule = null);

/// <summary>Where a participant sends STK back to.</summary>
/// <param name="Address">Base58: the vault's. Its token account is what wallets find by themselves.</param>
/// <param name="Mint">Base58.</param>
/// <param name="Memo">Names the participant: to be sent along, or sent from the linked wallet.</param>
[GenerateSerializer, Immutable, Alias("stk.deposit-address")]
public sealed record DepositAddress(
    [property: Id(0)] string Address, [property: Id(1)] string Mint, [property: Id(2)] string Memo);

/// <summary>What became of a wallet's request. A closed set.</summary>
[GenerateSerializer, Immutable, Alias("stk.wallet-reply")]
public abstract record WalletReply
{
    private WalletReply() { }

    /// <param name="Wallet">As it is now; of a replay, as it was then.</param>
    /// <param name="InFlight">What has left the balance and has not ended, whatever wallet it is for. As it is now.</param>
    /// <param name="Sent">What was ever paid, over all wallets. As it is now.</param>
    /// <param name="Deposited">What has ever come back, from whatever wallet. As it is now.</param>
    /// <param name="Deposit">Where STK can be sent back to; null where nobody has this id.</param>
    [GenerateSerializer, Immutable, Alias("stk.wallet-reply.done")]
    public sealed record Done(
        [property: Id(0)] WalletView Wallet,
        [property: Id(1)] bool IsReplay,
        [property: Id(2)] Amount InFlight = default,
        [property: Id(3)] Amount Sent = default,
        [property: Id(4)] Amount Deposited = default,
        [property: Id(5)] DepositAddress? Deposit = null) : WalletReply;

    /// <summary>Nothing has changed.</summary>
    [GenerateSerializer, Immutable, Alias("stk.wallet-reply.refused")]
    public sealed record Refused([property: Id(0)] RefusedWallet Refusal) : WalletReply;

    /// <summary>The key was of another request.</summary>
    [GenerateSerializer, Immutable, Alias("stk.wallet-reply.key-reused")]
    public sealed record KeyReused : WalletReply;
}
