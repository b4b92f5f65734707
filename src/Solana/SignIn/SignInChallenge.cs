using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Stk.Solana.Keys;

namespace Stk.Solana.SignIn;

/// <summary>What a wallet is asked to sign, so that its holder is known: Sign-In With Solana.</summary>
/// <remarks>
/// github.com/phantom/sign-in-with-solana. Every field that we can fill is filled: a wallet fills what is missing in
/// its own way, and then its text is not ours.
/// </remarks>
public sealed record SignInChallenge
{
    private const int LongestStatement = 500;
    private const int ShortestNonce = 8;

    private SignInChallenge()
    {
    }

    /// <summary>Who asks, as in the address line: <c>stk.example</c>, <c>127.0.0.1:8080</c>.</summary>
    public required string Domain { get; init; }

    /// <summary>The wallet.</summary>
    public required PublicKey Address { get; init; }

    /// <summary>One line for the holder, in ASCII: the format's grammar has no other letters.</summary>
    public required string Statement { get; init; }

    /// <summary>The page that asks.</summary>
    public required Uri Uri { get; init; }

    /// <summary><c>mainnet</c>, <c>testnet</c>, <c>devnet</c> or <c>localnet</c>.</summary>
    public required string ChainId { get; init; }

    /// <summary>At random and used once, so that an answer that was overheard is worth nothing.</summary>
    public required string Nonce { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The format's own; there is no other yet.</summary>
    public static string Version => "1";

    /// <exception cref="ArgumentException">A field would not fit the format, or could be read as another.</exception>
    public static SignInChallenge Create(
        string domain,
        PublicKey address,
        string statement,
        Uri uri,
        string chainId,
        string nonce,
        DateTimeOffset issuedAt,
        DateTimeOffset expiresAt)
    {
        Check(IsOneLine(domain) && !domain.Contains(' ', StringComparison.Ordinal), "Domain", "one word in ASCII", nameof(domain));
        Check(address.IsOnCurve, "Address", "a key that somebody can hold", nameof(address));
        Check(
            IsOneLine(statement) && statement.Length <= LongestStatement,
            "Statement", $"one line in ASCII of up to {LongestStatement} characters", nameof(statement));
        Check(uri is { IsAbsoluteUri: true, Scheme: "http" or "https" }, "Uri", "an http or https address", nameof(uri));
        Check(
            chainId is "mainnet" or "testnet" or "devnet" or "localnet",
            "ChainId", "mainnet, testnet, devnet or localnet", nameof(chainId));
        Check(
            nonce.Length >= ShortestNonce && nonce.All(char.IsAsciiLetterOrDigit),
            "Nonce", $"{ShortestNonce} letters and digits at least", nameof(nonce));
        Check(issuedAt < expiresAt, "ExpiresAt", "after IssuedAt", nameof(expiresAt));
        return new()
        {
            Domain = domain,
            Address = address,
            Statement = statement,
            Uri = uri,
            ChainId = chainId,
            Nonce = nonce,
            IssuedAt = issuedAt,
            ExpiresAt = expiresAt,
        };
    }

    /// <summary>The text to sign, to the byte.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        {Domain} wants you to sign in with your Solana account:
        {Address}

        {Statement}

        URI: {Uri.AbsoluteUri}
        Version: {Version}
        Chain ID: {ChainId}
        Nonce: {Nonce}
        Issued At: {Written(IssuedAt)}
        Expiration Time: {Written(ExpiresAt)}
        """).ReplaceLineEndings("\n");

    /// <summary>The text's bytes: what a wallet signs.</summary>
    public ImmutableArray<byte> ToBytes() => [.. Encoding.ASCII.GetBytes(ToString())];

    /// <summary>A moment as the format writes it, to the millisecond, in UTC.</summary>
    public static string Written(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static bool IsOneLine(string text) => text.Length > 0 && text.All(letter => letter is >= ' ' and <= '~');

    private static void Check(bool isGood, string field, string rule, string parameter)
    {
        if (!isGood)
        {
            throw new ArgumentException($"{field} must be {rule}.", parameter);
        }
    }
}
