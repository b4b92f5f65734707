using System.Text;
using Stk.Solana.Keys;

namespace Stk.Solana.SignIn;

/// <summary>A wallet's answer: what it says it signed, and the signature.</summary>
/// <param name="Signer">The key that the wallet names.</param>
/// <param name="SignedMessage">
/// The bytes that it signed, by its own word; with <c>signMessage</c> those it was given.
/// </param>
public sealed record SignInAnswer(PublicKey Signer, ReadOnlyMemory<byte> SignedMessage, Signature Signature)
{
    private const string Asks = " wants you to sign in with your Solana account:\n";

    /// <summary>
    /// Whether it answers this challenge. That the challenge has not been answered before is for whoever keeps its
    /// nonce.
    /// </summary>
    public SignInVerdict To(SignInChallenge challenge, DateTimeOffset now)
    {
        if (now < challenge.IssuedAt)
        {
            return SignInVerdict.NotYetIssued;
        }

        if (now >= challenge.ExpiresAt)
        {
            return SignInVerdict.Expired;
        }

        if (Signer != challenge.Address)
        {
            return SignInVerdict.OtherKey;
        }

        // Byte for byte: two texts that look the same are two texts.
        var expected = challenge.ToBytes();
        if (!SignedMessage.Span.SequenceEqual(expected.AsSpan()))
        {
            return Difference(challenge);
        }

        return SignatureCheck.Verify(Signer, expected.AsSpan(), Signature) == SignatureVerdict.Valid
            ? SignInVerdict.Valid
            : SignInVerdict.WrongSignature;
    }

    private SignInVerdict Difference(SignInChallenge challenge)
    {
        // For the log and the person only: all of these are refusals.
        var text = Encoding.UTF8.GetString(SignedMessage.Span);
        if (!text.StartsWith(challenge.Domain + Asks, StringComparison.Ordinal))
        {
            return SignInVerdict.OtherDomain;
        }

        return text.Contains($"\nNonce: {challenge.Nonce}\n", StringComparison.Ordinal)
            ? SignInVerdict.OtherText
            : SignInVerdict.OtherNonce;
    }
}
