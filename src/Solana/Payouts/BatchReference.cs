using System.Security.Cryptography;
using Stk.Solana.Keys;

namespace Stk.Solana.Payouts;

/// <summary>
/// The key that a batch's transaction carries, read-only and unused, so that it is found on chain even where our own
/// rows are lost: Solana Pay's <c>reference</c>.
/// </summary>
public static class BatchReference
{
    private static ReadOnlySpan<byte> Space => "stk.payout-batch"u8;

    /// <summary>The same id, the same key; nobody can guess an id from it.</summary>
    public static PublicKey Of(Guid batchId)
    {
        Span<byte> input = stackalloc byte[Space.Length + 16];
        Space.CopyTo(input);
        batchId.TryWriteBytes(input[Space.Length..], bigEndian: true, out _);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, hash);
        return new(hash);
    }
}
