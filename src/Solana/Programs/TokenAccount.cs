using System.Buffers.Binary;
using Stk.Solana.Keys;

namespace Stk.Solana.Programs;

/// <summary>What stands in a token account.</summary>
/// <param name="Owner">The wallet that may spend.</param>
/// <param name="Amount">Unit: the mint's smallest.</param>
/// <param name="IsFrozen">Nothing can move in or out.</param>
public sealed record TokenAccount(PublicKey Mint, PublicKey Owner, ulong Amount, bool IsFrozen)
{
    /// <summary>Unit: bytes.</summary>
    public const int Size = 165;

    private const byte Initialized = 1;
    private const byte Frozen = 2;

    /// <summary>Null where the bytes are no initialised token account.</summary>
    public static TokenAccount? TryParse(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size && bytes[108] is Initialized or Frozen
            ? new(
                new(bytes[..32]),
                new(bytes[32..64]),
                BinaryPrimitives.ReadUInt64LittleEndian(bytes[64..]),
                bytes[108] == Frozen)
            : null;
}
