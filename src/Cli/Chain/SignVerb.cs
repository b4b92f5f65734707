using System.CommandLine;
using Stk.Cli.Api;
using Stk.Client.ChainActs;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Vaults;

namespace Stk.Cli.Chain;

/// <summary>
/// The verb <c>chain sign</c>, on the machine that has the key. It believes no host: it makes the act's message itself and
/// signs nothing else, after it has said in words what it is.
/// </summary>
internal static class SignVerb
{
    public static Command Make(ApiVerbs verbs)
    {
        var id = Values.Id("id", "An approved act; chain acts shows it.");
        var key = new Option<string>("--key")
        {
            Description = "The mint authority's key, or the vault's, a file of Solana's command line; it is read here and sent nowhere.",
            Required = true,
        };
        var (mint, vault, payoutFloat) = (
            Address("--mint", "mint"), Address("--vault", "vault"), Address("--float", "float"));
        return verbs.AskingOnce(
            "sign", "Signs an approved act with a key that no service has, and brings it.", ApiVerbs.Operator,
            [id, key, mint, vault, payoutFloat], async call =>
            {
                using var account = KeyFile.Read(call.Required(key));
                var act = await call.Client.ChainActs.Get(call.Value(id), call.Cancellation);
                var message = MessageOf(
                    act, account.PublicKey, (call.Value(mint), call.Value(vault), call.Value(payoutFloat)));
                await call.Confirm([.. Words(act), "Sign this?"]);
                var signed = await call.Client.ChainActs.PutSigned(
                    act.Id, Convert.ToBase64String(Transaction.Sign(message, account).Serialize()), call.Cancellation);
                await call.Show(signed, ActVerbs.Fields);
            });
    }

    /// <summary>What is signed, made of the act alone.</summary>
    /// <param name="pinned">Addresses that whoever holds the key knows; null where the host's are taken.</param>
    /// <exception cref="VerbRefusal">It is not to be signed, or is not what the host has sent.</exception>
    internal static Message MessageOf(
        ChainAct act, PublicKey key, (string? Mint, string? Vault, string? PayoutFloat) pinned)
    {
        if (act.ToSign is not { } offer)
        {
            throw new VerbRefusal($"Nothing is to be signed: the act is {act.State}.");
        }

        if (offer is not { Transaction: { } sent, Nonce: { } nonce })
        {
            throw new VerbRefusal(offer.Trouble ?? "It cannot be signed now.");
        }

        Check("mint", pinned.Mint, offer.Mint);
        Check("vault", pinned.Vault, offer.Vault);
        Check("float", pinned.PayoutFloat, offer.PayoutFloat);
        if (Own(act, offer, nonce) is not { } message || !IsSame(message, sent))
        {
            throw new VerbRefusal($"The host's transaction is not this {act.Kind}: nothing was signed.");
        }

        return message.FeePayer == key
            ? message
            : throw new VerbRefusal($"This {act.Kind} is signed by {message.FeePayer}, and the key is {key}'s.");
    }

    // Null where what the host says makes none.
    private static Message? Own(ChainAct act, ToSign offer, string nonceText)
    {
        try
        {
            var (vault, mint) = (PublicKey.Parse(offer.Vault), PublicKey.Parse(offer.Mint));
            var ours = VaultAddresses.Of(
                mint, PublicKey.Parse(offer.MintAuthority), vault, PublicKey.Parse(offer.PayoutFloat));
            var nonce = Blockhash.Parse(nonceText);
            return act switch
            {
                { Kind: "mint", Amount.Micro: > 0 and var micro } =>
                    HandMessages.Mint(act.Id, ours.MintAuthority, mint, ours.VaultTokens, (ulong)micro, nonce),
                { Kind: "refill", Amount.Micro: > 0 and var micro } => HandMessages.Refill(
                    act.Id, vault, mint, ours.VaultTokens, ours.FloatTokens, (ulong)micro, nonce),
                { Kind: "burn", Amount.Micro: > 0 and var micro } =>
                    HandMessages.Burn(act.Id, vault, mint, ours.VaultTokens, (ulong)micro, nonce),
                { Kind: "return", Amount.Micro: > 0 and var micro, To: { } wallet } => HandMessages.Return(
                    act.Id, vault, mint, ours.VaultTokens, PublicKey.Parse(wallet), (ulong)micro, nonce),
                { Kind: "memo", Text: { } text } => HandMessages.Memo(vault, text, nonce),
                _ => null,
            };
        }
        catch (Exception flaw) when (flaw is FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static bool IsSame(Message own, string sent)
    {
        var bytes = new byte[Transaction.PacketSize];
        return Convert.TryFromBase64String(sent, bytes, out var length)
            && Transaction.TryParse(bytes.AsSpan(0, length), out var transaction, out _)
            && transaction.Message.Serialize().AsSpan().SequenceEqual(own.Serialize());
    }

    private static IEnumerable<string> Words(ChainAct act) =>
    [
        act.Kind switch
        {
            "mint" => $"Mint {act.Amount} STK of {act.ToSign?.Mint} into the vault {act.ToSign?.Vault}.",
            "refill" => $"Move {act.Amount} STK from the vault {act.ToSign?.Vault} to the float {act.ToSign?.PayoutFloat}.",
            "burn" => $"Burn {act.Amount} STK of the vault {act.ToSign?.Vault}, for ever.",
            "return" => $"Send {act.Amount} STK from the vault {act.ToSign?.Vault} back to the wallet {act.To}.",
            _ => $"Write on chain, for ever: {act.Text}",
        },
        $"Asked by {act.AskedBy} ({act.Reason}), approved by {act.DecidedBy}. It lands once, and stays good until it does.",
    ];

    private static void Check(string name, string? pinned, string offered)
    {
        if (pinned is not null && pinned != offered)
        {
            throw new VerbRefusal($"The host's {name} is {offered}, and not {pinned}: nothing was signed.");
        }
    }

    private static Option<string?> Address(string option, string name)
    {
        var address = new Option<string?>(option)
        {
            Description = $"The {name}'s address as you know it: another one of the host's is refused.",
        };
        address.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && !PublicKey.TryParse(given.Value, out _, out var flaw))
            {
                result.AddError($"{option} must be an address in base58: {flaw}.");
            }
        });
        return address;
    }
}
