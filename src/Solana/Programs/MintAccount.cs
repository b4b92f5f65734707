using System.Buffers.Binary;
using Stk.Solana.Keys;

namespace Stk.Solana.Programs;

/// <summary>What stands in a mint of SPL Token.</summary>
/// <param name="MintAuthority">Who may make tokens; null: nobody any more.</param>
/// <param name="Supply">Unit: the smallest, 10^-Decimals of a token.</param>
/// <param name="FreezeAuthority">Who may freeze accounts; null: nobody, for ever.</param>
public sealed record MintAccount(PublicKey? MintAuthority, ulong Supply, byte Decimals, PublicKey? FreezeAuthority)
{
    /// <summary>Unit: bytes.</summary>
    public const int Size = 82;

    /// <summary>Null where the bytes are no initialised mint.</summary>
    public static MintAccount? TryParse(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size
            && bytes[45] == 1
            && OptionalField.TryKey(bytes, out var mintAuthority)
            && OptionalField.TryKey(bytes[46..], out var freezeAuthority)
                ? new(mintAuthority, BinaryPrimitives.ReadUInt64LittleEndian(bytes[36..]), bytes[44], freezeAuthority)
                : null;
}
