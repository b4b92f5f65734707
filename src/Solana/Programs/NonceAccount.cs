using System.Buffers.Binary;
using Stk.Solana.Keys;

namespace Stk.Solana.Programs;

/// <summary>What stands in a durable nonce account.</summary>
/// <param name="Authority">Who may advance it.</param>
/// <param name="Value">Takes the blockhash's place in the one transaction that uses it.</param>
/// <param name="LamportsPerSignature">The fee in force when the value was stored.</param>
public sealed record NonceAccount(PublicKey Authority, Blockhash Value, ulong LamportsPerSignature)
{
    /// <summary>Unit: bytes.</summary>
    public const int Size = 80;

    private const uint CurrentVersion = 1;
    private const uint Initialized = 1;

    /// <summary>Null where the bytes are no initialised nonce of the current version.</summary>
    public static NonceAccount? TryParse(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == CurrentVersion
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) == Initialized
                ? new(new(bytes[8..40]), new(bytes[40..72]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[72..]))
                : null;
}
