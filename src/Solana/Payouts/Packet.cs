using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;

namespace Stk.Solana.Payouts;

/// <summary>
/// How many payouts one transaction holds, by kind: some have a token account, some need one. Measured on real messages,
/// so that a nonce or whatever the terms add is counted.
/// </summary>
internal sealed class Packet
{
    // Measured on the local chain, whose SPL Token is the newer program: 105 a transfer. The older one took some 6,200,
    // and a limit that is too low fails a whole batch, while one that is too high costs a part of the price.
    internal const uint UnitsOfTransfer = 7_000;

    // Measured: 12,200 for an account, and 1,500 for each try at its address. Twice the first, for the older program.
    internal const uint UnitsOfAccount = 25_000;
    internal const uint UnitsOfTry = 1_500;

    // What is planned with; one wallet in a million needs more tries.
    internal const uint TriesPlannedFor = 20;

    // Compute budget and nonce, each 150, and a margin.
    internal const uint UnitsOfTheRest = 1_000;

    private readonly int[] _existingBeside;

    private Packet(int[] existingBeside) => _existingBeside = existingBeside;

    /// <summary>The most payouts of one transaction that all need an account.</summary>
    public int MostNew => _existingBeside.Length - 1;

    /// <summary>The most payouts of one transaction whose accounts all exist.</summary>
    public int MostExisting => _existingBeside[0];

    /// <summary>How many payouts to existing accounts fit beside so many that need one.</summary>
    public int ExistingBeside(int needingAccount) => _existingBeside[needingAccount];

    /// <exception cref="ArgumentException">The terms leave no room for a payout of each kind.</exception>
    public static Packet Of(PayoutTerms terms)
    {
        var (existing1, existing2) = (Measure(terms, [false]), Measure(terms, [false, false]));
        var (new1, new2) = (Measure(terms, [true]), Measure(terms, [true, true]));
        var (existingSize, newSize) = (existing2 - existing1, new2 - new1);
        var fits = new List<int>();
        for (var needing = 0; ; needing++)
        {
            var bytesLeft = Transaction.PacketSize
                - (needing == 0 ? existing1 - existingSize : new1 - newSize + (needing * newSize));
            var unitsLeft = (long)ComputeBudgetProgram.MostUnits - UnitsOfTheRest
                - (needing * (long)(UnitsOfTransfer + UnitsOfAccount + (TriesPlannedFor * UnitsOfTry)));
            if (bytesLeft < 0 || unitsLeft < 0)
            {
                break;
            }

            fits.Add((int)Math.Min(bytesLeft / existingSize, unitsLeft / UnitsOfTransfer));
        }

        return fits.Count > 1 && fits[0] > 0
            ? new([.. fits])
            : throw new ArgumentException("The terms leave no room for a payout.", nameof(terms));
    }

    private static int Measure(PayoutTerms terms, bool[] needAccount)
    {
        var payouts = needAccount.Select((needs, place) => new Payout(Guid.Empty, Some(1 + place), 1, needs));
        var batch = new PayoutBatch(
            [.. payouts], [.. needAccount.Select((_, place) => Some(100 + place))], ComputeBudgetProgram.MostUnits);
        return Transaction.SizeOf(batch.ToMessage(terms, Some(50), default));
    }

    // Any key that the terms do not hold.
    private static PublicKey Some(int number)
    {
        Span<byte> bytes = stackalloc byte[PublicKey.Length];
        bytes.Fill(0xA5);
        bytes[0] = (byte)number;
        return new(bytes);
    }
}
