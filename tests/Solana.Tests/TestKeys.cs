using Stk.Solana.Keys;

namespace Stk.Solana.Tests;

/// <summary>Keys that are the same in every run.</summary>
internal static class TestKeys
{
    public static byte[] Seed(byte value) => [.. Enumerable.Repeat(value, Account.SeedLength)];

    /// <summary>Some address, the same for the same number. Nobody has its key.</summary>
    public static PublicKey Address(int number)
    {
        var bytes = new byte[PublicKey.Length];
        BitConverter.TryWriteBytes(bytes, number);
        bytes[^1] = 0x5A;
        return new(bytes);
    }
}
