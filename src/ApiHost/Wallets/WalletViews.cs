using Stk.GrainInterfaces.Wallets;
using Stk.Rules.Money;
using Stk.Rules.Wallets;

namespace Stk.ApiHost.Wallets;

/// <summary>The wallet that STK are paid to.</summary>
/// <param name="Address">Base58; null where nothing is linked.</param>
/// <param name="PayableFrom">Nothing is paid there before.</param>
/// <param name="Mode">keep: a week's STK stay here; weekly: they go to the wallet.</param>
/// <param name="TokenAccount">The wallet's associated token account.</param>
/// <param name="InFlight">What is on its way to a wallet: it stands under settling in the balance.</param>
/// <param name="Lifetime">What has gone out and come back, over all wallets.</param>
/// <param name="Deposit">Where STK can be sent back to; null where that is not offered.</param>
internal sealed record LinkedWalletView(
    string? Address, DateTimeOffset? LinkedAt, DateTimeOffset? PayableFrom, string Mode, string? TokenAccount,
    Amount InFlight, LifetimeView Lifetime, DepositView? Deposit)
{
    public static LinkedWalletView Of(WalletReply.Done done) => new(
        done.Wallet.Address, done.Wallet.LinkedAt, done.Wallet.PayableFrom, done.Wallet.Mode.WireName(),
        done.Wallet.TokenAccount, done.InFlight, new(done.Sent, done.Deposited),
        DepositView.Of(done.Deposit));
}

internal sealed record LifetimeView(Amount Sent, Amount Deposited);

/// <summary>Where STK can be sent back to.</summary>
/// <param name="Address">The vault's: wallets find its token account by themselves.</param>
/// <param name="Memo">Names the participant: to be sent along from any wallet but the linked one.</param>
/// <param name="Url">Of Solana Pay.</param>
internal sealed record DepositView(string Address, string Mint, string Memo, string Url)
{
    // docs.solanapay.com, transfer request; no member needs escaping.
    public static DepositView? Of(DepositAddress? deposit) => deposit is (var address, var mint, var memo)
        ? new(address, mint, memo, $"solana:{address}?spl-token={mint}&memo={memo}")
        : null;
}

/// <param name="Address">The wallet's, base58.</param>
/// <param name="Form">message, or transaction for a wallet that signs nothing else.</param>
internal sealed record ChallengeBody(string Address, string Form);

/// <summary>What the wallet is to sign.</summary>
/// <param name="Challenge">Its name, for the answer.</param>
/// <param name="Message">The text that is signed.</param>
/// <param name="Input">What the wallet's signIn takes: it makes the same text.</param>
/// <param name="Transaction">Base64, in the form of a transaction; it can never land.</param>
/// <param name="ExpiresAt">An answer after it is refused.</param>
internal sealed record ChallengeAnswer(
    string Challenge, string Message, SignInInput Input, string? Transaction, DateTimeOffset ExpiresAt)
{
    public static ChallengeAnswer Of(ChallengeView challenge) => new(
        challenge.Nonce, challenge.Text,
        new(
            challenge.Domain, challenge.Address, challenge.Statement, challenge.Uri, challenge.Version, challenge.ChainId,
            challenge.Nonce, challenge.IssuedAt, challenge.ExpirationTime),
        challenge.Transaction is { } transaction ? Convert.ToBase64String(transaction) : null, challenge.ExpiresAt);
}

/// <summary>Sign-In With Solana.</summary>
internal sealed record SignInInput(
    string Domain, string Address, string Statement, string Uri, string Version, string ChainId, string Nonce,
    string IssuedAt, string ExpirationTime);

/// <param name="Challenge">Its name.</param>
/// <param name="Signature">Base58, in the form of a message.</param>
/// <param name="SignedMessage">Base64: what was signed, where the wallet has changed the text's form.</param>
/// <param name="Transaction">Base64, signed, in the form of a transaction.</param>
internal sealed record LinkBody(
    string Challenge, string? Signature = null, string? SignedMessage = null, string? Transaction = null);

/// <param name="Mode">keep or weekly.</param>
internal sealed record WalletModeBody(string Mode);
