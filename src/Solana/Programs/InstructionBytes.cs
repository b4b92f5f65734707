using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Stk.Solana.Keys;

namespace Stk.Solana.Programs;

/// <summary>Builds an instruction's arguments: numbers little-endian, keys as they are.</summary>
internal ref struct InstructionBytes
{
    private readonly byte[] _bytes;
    private int _at;

    public InstructionBytes(int length) => _bytes = new byte[length];

    public InstructionBytes Byte(byte value)
    {
        _bytes[_at++] = value;
        return this;
    }

    public InstructionBytes UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(_at), value);
        _at += sizeof(uint);
        return this;
    }

    public InstructionBytes UInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(_at), value);
        _at += sizeof(ulong);
        return this;
    }

    public InstructionBytes Key(PublicKey key)
    {
        key.CopyTo(_bytes.AsSpan(_at));
        _at += PublicKey.Length;
        return this;
    }

    public InstructionBytes Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_bytes.AsSpan(_at));
        _at += bytes.Length;
        return this;
    }

    /// <summary>One byte that says whether a key follows, and the key.</summary>
    public InstructionBytes OptionalKey(PublicKey? key) => key is { } some ? Byte(1).Key(some) : Byte(0);

    public readonly ImmutableArray<byte> ToImmutable() => _at == _bytes.Length
        ? ImmutableCollectionsMarshal.AsImmutableArray(_bytes)
        : ImmutableArray.Create(_bytes.AsSpan(0, _at));
}
