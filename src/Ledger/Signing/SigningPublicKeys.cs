using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NSec.Cryptography;
using Stk.Ledger.Machine;

namespace Stk.Ledger.Signing;

/// <summary>
/// The keys by which a chain's signatures are checked: a file of PEM blocks, one a key, several where one has taken the
/// place of another. Lines outside the blocks say more:
/// <list type="bullet">
/// <item><c>until SEQUENCE LOG-SEQUENCE</c>: the key of the next block signed nothing after this commit of the ledger and
/// this entry of the operators' log. So a key that has leaked since it was replaced is worth nothing.</item>
/// <item><c>unsigned SEQUENCE:HASH SEQUENCE:HASH</c>: where ledger and log stood before anything was signed; held against
/// what the database says.</item>
/// </list>
/// A line that begins with # is a remark.
/// </summary>
public sealed class SigningPublicKeys
{
    private const string Begin = "-----BEGIN PUBLIC KEY-----";
    private const string End = "-----END PUBLIC KEY-----";

    private readonly ImmutableArray<ValidKey> _keys;

    private SigningPublicKeys(ImmutableArray<ValidKey> keys, UnsignedHead? ledger, UnsignedHead? log)
    {
        _keys = keys;
        UnsignedLedger = ledger;
        UnsignedLog = log;
    }

    /// <summary>Null where the file does not say.</summary>
    public UnsignedHead? UnsignedLedger { get; }

    /// <summary>Null where the file does not say.</summary>
    public UnsignedHead? UnsignedLog { get; }

    /// <exception cref="SigningKeyException">It cannot be read, has no key, or a line that says nothing known.</exception>
    public static SigningPublicKeys Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (FormatException flaw)
        {
            throw new SigningKeyException(path, flaw.Message, flaw);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new SigningKeyException(path, "it cannot be read", missing);
        }
    }

    /// <exception cref="FormatException">No key, or a line that says nothing known.</exception>
    public static SigningPublicKeys Parse(string text)
    {
        var keys = ImmutableArray.CreateBuilder<ValidKey>();
        UnsignedHead? ledger = null;
        UnsignedHead? log = null;
        var (until, untilEntry) = (long.MaxValue, long.MaxValue);
        using var lines = new StringReader(text);
        while (lines.ReadLine()?.Trim() is { } line)
        {
            if (line == Begin)
            {
                keys.Add(new(Block(lines), until, untilEntry));
                (until, untilEntry) = (long.MaxValue, long.MaxValue);
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                switch (line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    case ["until", var commit, var entry]:
                        (until, untilEntry) = (Number(commit), Number(entry));
                        break;
                    case ["unsigned", var commit, var entry]:
                        (ledger, log) = (Head(commit), Head(entry));
                        break;
                    default:
                        throw new FormatException($"the line '{line}' is neither a key nor a word about one");
                }
            }
        }

        return keys.Count == 0
            ? throw new FormatException("it has no public key in PEM (BEGIN PUBLIC KEY)")
            : new(keys.ToImmutable(), ledger, log);
    }

    /// <summary>Whether one of the keys has signed this head of a chain, while it was valid.</summary>
    public bool HaveSigned(SignedChain chain, long sequence, Digest hash, ReadOnlySpan<byte> signature)
    {
        Span<byte> bytes = stackalloc byte[SignedBytes.Length];
        SignedBytes.Write(bytes, chain, sequence, hash);
        // The newest stand last, and have signed most of what is looked at.
        for (var place = _keys.Length - 1; place >= 0; place--)
        {
            var key = _keys[place];
            if (sequence <= (chain == SignedChain.Ledger ? key.Until : key.UntilEntry)
                && SignatureAlgorithm.Ed25519.Verify(key.Key, bytes, signature))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether what this key signs from now on counts.</summary>
    public bool Know(ChainSigner signer)
    {
        var signature = signer.Sign(SignedChain.Ledger, long.MaxValue, Digest.Zero);
        return HaveSigned(SignedChain.Ledger, long.MaxValue, Digest.Zero, signature)
            && HaveSigned(
                SignedChain.OperatorsLog, long.MaxValue, Digest.Zero,
                signer.Sign(SignedChain.OperatorsLog, long.MaxValue, Digest.Zero));
    }

    private static PublicKey Block(StringReader lines)
    {
        var block = new StringBuilder(Begin).Append('\n');
        while (lines.ReadLine()?.Trim() is { } line)
        {
            block.Append(line).Append('\n');
            if (line == End)
            {
                return PublicKey.TryImport(
                    SignatureAlgorithm.Ed25519, Encoding.ASCII.GetBytes(block.ToString()), KeyBlobFormat.PkixPublicKeyText,
                    out var key)
                    ? key! // it was read
                    : throw new FormatException("a block of it is no Ed25519 public key");
            }
        }

        throw new FormatException("its last block has no end");
    }

    private static long Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"'{text}' is no sequence");

    private static UnsignedHead Head(string text) =>
        LedgerHead.TryParse(text, out var sequence, out var hash)
            ? new(sequence, hash)
            : throw new FormatException($"'{text}' is no head, SEQUENCE:HASH");

    private sealed record ValidKey(PublicKey Key, long Until, long UntilEntry);
}
