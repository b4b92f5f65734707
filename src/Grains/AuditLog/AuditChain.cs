using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Stk.Ledger.Machine;
using Stk.Ledger.Signing;
using Stk.Ledger.Writer;
using Stk.Rules.Time;

namespace Stk.Grains.AuditLog;

/// <summary>An entry as the chain has it.</summary>
/// <param name="Salt">Random, so that an erased text cannot be guessed from its hash. Unit: 16 bytes.</param>
/// <param name="TextHash">Over the salt and what may be erased.</param>
internal sealed record AuditLink(
    AuditEntry Entry, long Sequence, byte[] Salt, Digest TextHash, Digest Hash, byte[] Signature);

/// <summary>
/// How the log's chain is made, fixed for ever; numbers are big-endian. A text is its length in bytes (4) and itself in
/// UTF-8, null the length -1. Text hash: salt, subject, before, after, reason. Hash: the hash before (32), sequence (8),
/// microseconds since 1970 (8), by, action, text hash (32). Verification has its own, so that neither is trusted alone.
/// </summary>
internal static class AuditChain
{
    private const int SaltLength = 16;

    /// <summary>The link after a head.</summary>
    public static AuditLink Link(ChainHead head, AuditEntry entry, ChainSigner signer)
    {
        // As the column keeps it.
        var kept = entry with { At = entry.At.ToUniversalTime().InWholeMicroseconds() };
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var sequence = head.Sequence + 1;
        var textHash = new Digest(SHA256.HashData([
            .. salt, .. Field(kept.Subject), .. Field(kept.Before), .. Field(kept.After), .. Field(kept.Reason),
        ]));
        var hash = new Digest(SHA256.HashData([
            .. head.Hash.Bytes, .. Number(sequence), .. Number(Microseconds(kept.At)), .. Field(kept.By),
            .. Field(kept.Action), .. textHash.Bytes,
        ]));
        return new(kept, sequence, salt, textHash, hash, signer.Sign(SignedChain.OperatorsLog, sequence, hash));
    }

    private static long Microseconds(DateTimeOffset at) =>
        (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private static byte[] Number(long number)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] Field(string? text)
    {
        var length = text is null ? 0 : Encoding.UTF8.GetByteCount(text);
        var bytes = new byte[sizeof(int) + length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, text is null ? -1 : length);
        Encoding.UTF8.GetBytes(text ?? "", bytes.AsSpan(sizeof(int)));
        return bytes;
    }
}
