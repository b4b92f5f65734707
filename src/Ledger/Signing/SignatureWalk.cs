using System.Globalization;
using Npgsql;
using Stk.Ledger.Machine;
using Stk.Storage.Sql;

namespace Stk.Ledger.Signing;

/// <summary>Goes along a chain and notes the first link without a valid signature.</summary>
public sealed class SignatureWalk
{
    private const string UnsignedSql = "SELECT sequence, hash FROM storage.unsigned WHERE chain = $1";

    private readonly SigningPublicKeys _keys;
    private readonly SignedChain _chain;
    private readonly UnsignedHead _unsigned;
    private bool _isPastUnsigned;

    private SignatureWalk(SigningPublicKeys keys, SignedChain chain, UnsignedHead unsigned)
    {
        _keys = keys;
        _chain = chain;
        _unsigned = unsigned;
        _isPastUnsigned = unsigned.Sequence == 0;
        var pinned = chain == SignedChain.Ledger ? keys.UnsignedLedger : keys.UnsignedLog;
        if (pinned is not null && pinned != unsigned)
        {
            Fault = new(unsigned.Sequence, $"nothing unsigned after {pinned}, as the file of public keys says", $"{unsigned}");
        }
    }

    /// <summary>The first; null where there is none.</summary>
    public SignatureFault? Fault { get; private set; }

    public static async Task<SignatureWalk> Begin(
        SigningPublicKeys keys, SignedChain chain, NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(UnsignedSql, connection).With((short)chain);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        // Without a row nothing is excused.
        return new(keys, chain, await row.ReadAsync(cancellation)
            ? new(row.GetInt64(0), new(row.GetFieldValue<byte[]>(1)))
            : new(0, Digest.Zero));
    }

    /// <summary>Looks at the next link.</summary>
    /// <param name="hash">As the chain makes it, whatever is stored.</param>
    /// <param name="signature">Null where the row has none.</param>
    public void Take(long sequence, Digest hash, byte[]? signature)
    {
        if (sequence > _unsigned.Sequence)
        {
            Expect(
                signature is { Length: SignedBytes.SignatureLength } && _keys.HaveSigned(_chain, sequence, hash, signature),
                sequence, "a signature by a key of the silos", signature is null ? "none" : "another");
            return;
        }

        Expect(signature is null, sequence, "no signature: it is from before signing began", "one");
        if (sequence == _unsigned.Sequence)
        {
            _isPastUnsigned = true;
            Expect(hash == _unsigned.Hash, sequence, $"hash {_unsigned.Hash}, as when signing began", hash.ToString());
        }
    }

    /// <summary>Nothing is left.</summary>
    public void End() => Expect(
        _isPastUnsigned, _unsigned.Sequence, $"the chain up to {_unsigned}, where signing began", "an end before it");

    private void Expect(bool isSo, long sequence, string expected, string found)
    {
        if (!isSo)
        {
            Fault ??= new(sequence, expected, found);
        }
    }
}

/// <summary>A link of a chain whose signature does not fit.</summary>
public sealed record SignatureFault(long Sequence, string Expected, string Found)
{
    /// <summary><c>sequence 7</c>.</summary>
    public string Row => string.Create(CultureInfo.InvariantCulture, $"sequence {Sequence}");
}
