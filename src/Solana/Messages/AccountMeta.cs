using Stk.Solana.Keys;

namespace Stk.Solana.Messages;

/// <summary>An account that an instruction names, and what it does with it.</summary>
public readonly record struct AccountMeta(PublicKey PublicKey, bool IsSigner, bool IsWritable)
{
    public static AccountMeta Writable(PublicKey key, bool isSigner = false) => new(key, isSigner, IsWritable: true);

    public static AccountMeta ReadOnly(PublicKey key, bool isSigner = false) => new(key, isSigner, IsWritable: false);
}
