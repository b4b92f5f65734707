using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Stk.Ledger.Effects;
using Stk.Rules.Money;

namespace Stk.Ledger.Machine;

/// <summary>
/// The layout that hashes are made of, fixed for ever; numbers are big-endian. A second implementation needs no more
/// than this page.
/// <list type="bullet">
/// <item>Transaction: <c>"STK1"</c>, id (16, RFC 9562 order), kind (2), reference's length in bytes (2), reference
/// (UTF-8), number of postings (4), each posting as account kind (2), owner (8), amount in micro-STK (8); then 0 where
/// it has no effects, else 1 and the effects' hash (32).</item>
/// <item>Effects: for each its kind (2) and the SHA-256 of its canonical bytes (32), sorted bytewise.</item>
/// <item>Commit: hash of the commit before (32), sequence (8), time in microseconds since 1970 (8), number of
/// transactions (4), content hash of each in order (32).</item>
/// </list>
/// Each hash is the SHA-256 of those bytes.
/// </summary>
internal static class CanonicalBytes
{
    private const int PostingLength = 18;
    private const int EffectLength = 2 + Digest.Length;

    public static Digest ContentHash(
        Guid id, TransactionKind kind, string reference, ReadOnlySpan<Posting> postings, Digest? effectsHash)
    {
        var bytes = new byte[4 + 16 + 2 + 2 + Encoding.UTF8.GetByteCount(reference) + 4
            + (postings.Length * PostingLength) + 1 + (effectsHash is null ? 0 : Digest.Length)];
        var writer = new Writer(bytes);
        writer.Bytes("STK1"u8);
        writer.Id(id);
        writer.Int16((short)kind);
        writer.Int16(checked((short)Encoding.UTF8.GetByteCount(reference)));
        writer.Text(reference);
        writer.Int32(postings.Length);
        foreach (var (account, amount) in postings)
        {
            writer.Int16((short)account.Kind);
            writer.Int64(account.Owner);
            writer.Int64(amount.Micro);
        }

        writer.Bytes(effectsHash is null ? "\0"u8 : "\u0001"u8);
        writer.Bytes(effectsHash is { } hash ? hash.Bytes : []);
        return new(SHA256.HashData(bytes));
    }

    /// <summary>
    /// Sorted, so that stored rows need not remember in which order their effects were given.
    /// </summary>
    public static Digest? EffectsHash(IEnumerable<(EffectKind Kind, Digest Content)> effects)
    {
        var each = effects.Select(effect =>
        {
            var bytes = new byte[EffectLength];
            var writer = new Writer(bytes);
            writer.Int16((short)effect.Kind);
            writer.Bytes(effect.Content.Bytes);
            return bytes;
        }).ToList();
        if (each.Count == 0)
        {
            return null;
        }

        each.Sort((left, right) => left.AsSpan().SequenceCompareTo(right));
        return new(SHA256.HashData([.. each.SelectMany(bytes => bytes)]));
    }

    public static Digest CommitHash(
        Digest before, long sequence, DateTimeOffset at, IReadOnlyList<Digest> contentHashes)
    {
        var bytes = new byte[Digest.Length + 8 + 8 + 4 + (contentHashes.Count * Digest.Length)];
        var writer = new Writer(bytes);
        writer.Bytes(before.Bytes);
        writer.Int64(sequence);
        writer.Int64(Microseconds(at));
        writer.Int32(contentHashes.Count);
        foreach (var hash in contentHashes)
        {
            writer.Bytes(hash.Bytes);
        }

        return new(SHA256.HashData(bytes));
    }

    private static long Microseconds(DateTimeOffset at) =>
        (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private ref struct Writer(Span<byte> rest)
    {
        private Span<byte> _rest = rest;

        public void Bytes(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_rest);
            _rest = _rest[bytes.Length..];
        }

        public void Id(Guid id)
        {
            id.TryWriteBytes(_rest, bigEndian: true, out var written);
            _rest = _rest[written..];
        }

        public void Text(string text) => _rest = _rest[Encoding.UTF8.GetBytes(text, _rest)..];

        public void Int16(short value)
        {
            BinaryPrimitives.WriteInt16BigEndian(_rest, value);
            _rest = _rest[2..];
        }

        public void Int32(int value)
        {
            BinaryPrimitives.WriteInt32BigEndian(_rest, value);
            _rest = _rest[4..];
        }

        public void Int64(long value)
        {
            BinaryPrimitives.WriteInt64BigEndian(_rest, value);
            _rest = _rest[8..];
        }
    }
}
