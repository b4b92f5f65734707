using System.Collections.Immutable;
using Stk.Solana.Keys;

namespace Stk.Solana.Messages;

/// <summary>
/// Reads a message from the front. After the first flaw it answers zeros and keeps that flaw, so that the one who
/// reads asks once, at the end.
/// </summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    public string? Flaw { get; private set; }

    public readonly int Left => _bytes.Length - _at;

    public readonly bool IsAtEnd => Left == 0;

    public readonly int At => _at;

    public byte Byte() => Take(1) is [var value] ? value : (byte)0;

    public PublicKey Key() => Take(PublicKey.Length) is { IsEmpty: false } key ? new(key) : default;

    public Blockhash Hash() => Take(Blockhash.Length) is { IsEmpty: false } hash ? new(hash) : default;

    public Signature Signature() =>
        Take(Solana.Keys.Signature.Length) is { IsEmpty: false } signature ? new(signature) : default;

    public ImmutableArray<PublicKey> Keys()
    {
        var count = Count(leastSize: PublicKey.Length);
        var keys = ImmutableArray.CreateBuilder<PublicKey>(count);
        for (var place = 0; place < count; place++)
        {
            keys.Add(Key());
        }

        return keys.MoveToImmutable();
    }

    public ImmutableArray<byte> Array()
    {
        var count = Count(leastSize: 1);
        return [.. Take(count)];
    }

    /// <summary>The length of an array whose elements have at least so many bytes: more than can follow is a flaw.</summary>
    public int Count(int leastSize)
    {
        if (Flaw is not null)
        {
            return 0;
        }

        if (!CompactArray.TryRead(_bytes[_at..], out var count, out var size))
        {
            Flaw = $"no length of an array at byte {_at}";
            return 0;
        }

        if ((long)count * leastSize > Left - size)
        {
            Flaw = $"an array of {count} at byte {_at} is cut off";
            return 0;
        }

        _at += size;
        return count;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (Flaw is not null || length > Left)
        {
            Flaw ??= $"cut off at byte {_bytes.Length}";
            return [];
        }

        _at += length;
        return _bytes.Slice(_at - length, length);
    }
}
