using System.Security.Cryptography;

namespace Stk.Solana.Keys;

/// <summary>
/// Addresses that a program owns: SHA-256 of seeds, program and a marker, off the curve, so that nobody has the key.
/// </summary>
/// <param name="Address">Where the account lives.</param>
/// <param name="Bump">The last seed, one byte: the highest that leaves the curve.</param>
/// <remarks>solana.com/docs/core/pda; <c>Pubkey::find_program_address</c>.</remarks>
public readonly record struct ProgramAddress(PublicKey Address, byte Bump)
{
    /// <summary>Most seeds, the bump included.</summary>
    public const int MostSeeds = 16;

    /// <summary>Longest seed. Unit: bytes.</summary>
    public const int LongestSeed = 32;

    private static ReadOnlySpan<byte> Marker => "ProgramDerivedAddress"u8;

    /// <summary>The address with the highest bump that leaves the curve.</summary>
    /// <exception cref="ArgumentException">Too many seeds, or one too long.</exception>
    public static ProgramAddress Find(PublicKey program, params ReadOnlySpan<byte[]> seeds)
    {
        // One more place is taken by the bump.
        Check(seeds, most: MostSeeds - 1);
        Span<byte> input = stackalloc byte[(MostSeeds * LongestSeed) + PublicKey.Length + Marker.Length];
        var length = Join(seeds, input);
        var bumpAt = length++;
        length = Finish(input, length, program);

        Span<byte> hash = stackalloc byte[PublicKey.Length];
        for (var bump = (int)byte.MaxValue; bump >= 0; bump--)
        {
            input[bumpAt] = (byte)bump;
            SHA256.HashData(input[..length], hash);
            if (!CurvePoint.IsPoint(hash))
            {
                return new(new(hash), (byte)bump);
            }
        }

        // 256 hashes in a row on the curve: a chance of 2^-256.
        throw new ArgumentException("No bump takes these seeds off the curve.", nameof(seeds));
    }

    /// <summary>The address of exactly these seeds, a bump included where there is one.</summary>
    /// <exception cref="ArgumentException">Too many seeds, one too long, or a hash on the curve.</exception>
    public static PublicKey Create(PublicKey program, params ReadOnlySpan<byte[]> seeds)
    {
        Check(seeds, most: MostSeeds);
        Span<byte> input = stackalloc byte[(MostSeeds * LongestSeed) + PublicKey.Length + Marker.Length];
        var length = Finish(input, Join(seeds, input), program);
        Span<byte> hash = stackalloc byte[PublicKey.Length];
        SHA256.HashData(input[..length], hash);
        return CurvePoint.IsPoint(hash)
            ? throw new ArgumentException("These seeds give a point of the curve: a key could exist.", nameof(seeds))
            : new(hash);
    }

    private static void Check(ReadOnlySpan<byte[]> seeds, int most)
    {
        if (seeds.Length > most)
        {
            throw new ArgumentException($"At most {most} seeds, not {seeds.Length}.", nameof(seeds));
        }

        for (var place = 0; place < seeds.Length; place++)
        {
            if (seeds[place].Length > LongestSeed)
            {
                throw new ArgumentException(
                    $"Seed {place} has {seeds[place].Length} bytes, and {LongestSeed} are the most.", nameof(seeds));
            }
        }
    }

    private static int Join(ReadOnlySpan<byte[]> seeds, Span<byte> input)
    {
        var length = 0;
        foreach (var seed in seeds)
        {
            seed.CopyTo(input[length..]);
            length += seed.Length;
        }

        return length;
    }

    private static int Finish(Span<byte> input, int length, PublicKey program)
    {
        program.CopyTo(input[length..]);
        length += PublicKey.Length;
        Marker.CopyTo(input[length..]);
        return length + Marker.Length;
    }
}
