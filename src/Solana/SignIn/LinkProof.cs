using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Stk.Solana.Keys;

namespace Stk.Solana.SignIn;

/// <summary>
/// What shows that a wallet's holder has linked it: the text of the challenge, and the wallet's signature under it. It is
/// kept as long as the link is, and whoever pays to the wallet can look at it again. A closed set.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "form")]
[JsonDerivedType(typeof(OfMessage), "message")]
[JsonDerivedType(typeof(OfTransaction), "transaction")]
public abstract record LinkProof
{
    private LinkProof(string text) => Text = text;

    /// <summary>The challenge's, to the byte.</summary>
    public string Text { get; }

    /// <summary>The text was signed, as it is or in the envelope of devices.</summary>
    /// <param name="Text">The challenge's, to the byte.</param>
    /// <param name="Signature">Base58.</param>
    /// <param name="SignedMessage">What was signed, where the wallet has changed the form; null: the text.</param>
    public sealed record OfMessage(string Text, string Signature, byte[]? SignedMessage) : LinkProof(Text)
    {
        public override SignatureVerdict Check(PublicKey wallet)
        {
            var text = Encoding.UTF8.GetBytes(Text);
            var signed = SignedMessage ?? text;
            return !Keys.Signature.TryParse(Signature, out var signature, out _)
                || !(signed.AsSpan().SequenceEqual(text) || OffchainMessage.Text(signed, wallet).SequenceEqual(text))
                ? SignatureVerdict.Wrong
                : SignatureCheck.Verify(wallet, signed, signature);
        }
    }

    /// <summary>A transaction that holds the text was signed: <see cref="LinkTransaction"/>.</summary>
    /// <param name="Text">The challenge's, to the byte.</param>
    public sealed record OfTransaction(string Text, byte[] Transaction) : LinkProof(Text)
    {
        public override SignatureVerdict Check(PublicKey wallet) =>
            Messages.Transaction.TryParse(Transaction, out var transaction, out _)
                ? LinkTransaction.Check(transaction, Text, wallet)
                : SignatureVerdict.Wrong;
    }

    /// <summary>Whether the wallet's key has signed exactly this text.</summary>
    public abstract SignatureVerdict Check(PublicKey wallet);

    /// <summary>As it is stored.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <summary>Null where it is no proof.</summary>
    public static LinkProof? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<LinkProof>(json, JsonSerializerOptions.Web) is { Text: not null } proof
                && proof is not (OfMessage { Signature: null } or OfTransaction { Transaction: null })
                    ? proof
                    : null;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
