using System.CommandLine;
using System.Text;
using Stk.Cli.Api;
using Stk.Cli.Deposits;
using Stk.Cli.Payouts;
using Stk.Client.Wallets;
using Stk.Solana.Keys;
using Stk.Solana.SignIn;

namespace Stk.Cli.Wallets;

/// <summary>The verb <c>wallet</c>.</summary>
internal static class WalletVerbs
{
    private const string OfMessage = "message";
    private const string OfTransaction = "transaction";

    public static Command Make(ApiVerbs verbs) => new("wallet", "Your own wallet on Solana, to which your STK are paid.")
    {
        Show(verbs), Link(verbs), Unlink(verbs), Mode(verbs),
        PayoutVerbs.Withdraw(verbs), PayoutVerbs.List(verbs), PayoutVerbs.Show(verbs), PayoutVerbs.CallOff(verbs),
        DepositVerbs.List(verbs),
    };

    private static Command Show(ApiVerbs verbs)
    {
        var participant = Values.Participant();
        return verbs.Reading(
            "show", "The wallet that is linked, and what becomes of a week's STK.", ApiVerbs.Participant, [participant],
            async call => await call.Show(
                await call.Client.Wallets.Get(call.Value(participant), call.Cancellation), Fields));
    }

    private static Command Link(ApiVerbs verbs)
    {
        var keypair = new Option<string>("--keypair")
        {
            Description = "The wallet's key, a file of Solana's command line; it is read here and sent nowhere.",
            Required = true,
        };
        var form = new Option<string>("--form")
        {
            Description = "What is signed: message, or transaction (as wallets do whose key is in a device).",
            DefaultValueFactory = _ => OfMessage,
        }.AcceptOnlyFromAmong(OfMessage, OfTransaction);
        return verbs.Asking(
            "link", "Links the wallet of a key, in place of the one before. Each run signs anew.", ApiVerbs.Participant,
            [keypair, form], async call =>
            {
                using var account = KeyFile.Read(call.Required(keypair));
                var challenge = await call.Client.Wallets.Challenge(
                    account.PublicKey.ToString(), call.Value(form)!, call.Cancellation);
                var signed = Sign(account, challenge);
                await call.Confirm(challenge.Message, "", "Sign this, and link the wallet?");
                await call.Write(
                    key => challenge.Transaction is null
                        ? call.Client.Wallets.LinkBySignature(challenge.Challenge, signed, key, call.Cancellation)
                        : call.Client.Wallets.LinkByTransaction(challenge.Challenge, signed, key, call.Cancellation),
                    wallet => $"wallet {wallet.Address} is linked", Fields);
            });
    }

    private static Command Unlink(ApiVerbs verbs) => verbs.Asking(
        "unlink", "Ends the wallet's link.", ApiVerbs.Participant, [], async call =>
        {
            await call.Confirm("End the link of your wallet?");
            await call.Write(
                key => call.Client.Wallets.Unlink(key, call.Cancellation), _ => "the wallet's link has ended", Fields);
        });

    private static Command Mode(ApiVerbs verbs)
    {
        var mode = Values.Text("mode", "keep: a week's STK stay here; weekly: they go to the wallet.")
            .AcceptOnlyFromAmong("keep", "weekly");
        return verbs.Writing(
            "mode", "Chooses what becomes of a week's STK.", ApiVerbs.Participant, [mode], async call => await call.Write(
                key => call.Client.Wallets.SetMode(call.Value(mode), key, call.Cancellation),
                wallet => $"the mode is {wallet.Mode}", Fields));
    }

    // Nothing but such a text, or the transaction that holds it: what a host sends could be anything to sign.
    private static string Sign(Account account, WalletChallenge challenge)
    {
        var text = challenge.Message;
        if (!text.Contains($" wants you to sign in with your Solana account:\n{account.PublicKey}\n", StringComparison.Ordinal)
            || text.Any(letter => letter is not ('\n' or (>= ' ' and <= '~'))))
        {
            throw new VerbRefusal("What the host asks to be signed is no challenge for this wallet: nothing was signed.");
        }

        if (challenge.Transaction is not { } sent)
        {
            return account.Sign(Encoding.ASCII.GetBytes(text)).ToString();
        }

        var transaction = LinkTransaction.For(text, account.PublicKey);
        return Convert.ToBase64String(transaction.Serialize()) == sent
            ? Convert.ToBase64String(Solana.Messages.Transaction.Sign(transaction.Message, account).Serialize())
            : throw new VerbRefusal("What the host asks to be signed is another transaction: nothing was signed.");
    }

    private static Table Fields(Wallet wallet) => Table.OfFields(
        ("address", wallet.Address ?? "none"), ("linked", At(wallet.LinkedAt)), ("payable from", At(wallet.PayableFrom)),
        ("mode", wallet.Mode), ("token account", wallet.TokenAccount), ("in flight", $"{wallet.InFlight} STK"),
        ("sent", $"{wallet.Lifetime.Sent} STK"), ("sent back", $"{wallet.Lifetime.Deposited} STK"),
        ("send back to", wallet.Deposit?.Address), ("with memo", wallet.Deposit?.Memo));

    private static string? At(DateTimeOffset? at) => at is { } instant ? TerminalText.Of(instant) : null;
}
