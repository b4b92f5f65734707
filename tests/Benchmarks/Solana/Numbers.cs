using System.Globalization;
using Stk.Solana.Keys;
using Stk.Solana.Payouts;

namespace Stk.Benchmarks.Solana;

/// <summary>Payouts and keys that are the same in every run, and numbers as they are printed.</summary>
internal static class Numbers
{
    public static Account Account(byte seed) => Stk.Solana.Keys.Account.FromSeed([.. Enumerable.Repeat(seed, 32)]);

    public static Payout[] Payouts(int count, Func<int, bool> needsAccount) =>
    [
        .. Enumerable.Range(1, count).Select(number => new Payout(
            new Guid(number, 0, 0, new byte[8]), Wallet(number), (ulong)number, needsAccount(number))),
    ];

    public static PublicKey Wallet(int number)
    {
        var bytes = new byte[PublicKey.Length];
        new Random(number).NextBytes(bytes);
        return new(bytes);
    }

    public static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
