using System.Collections.Immutable;
using Stk.Settlement.Looks;
using Stk.Settlement.Machine;
using Stk.Simulation.Steps;
using Stk.Solana.Keys;
using Stk.Solana.Payouts;

namespace Stk.Simulation.Settling;

/// <summary>A small chain and few people, so that everything meets everything.</summary>
internal static class SettlingPlan
{
    public const int Wallets = 5;
    public const int LengthMs = 40_000;
    public const int SlotMs = 400;

    /// <summary>Blocks for which a blockhash is good. The real chain's 150 would only make histories longer.</summary>
    public const ulong Life = 20;

    /// <summary>Blocks on a block that make it final.</summary>
    public const int FinalDepth = 5;

    public const ulong Margin = 3;
    public const int BatchMost = 3;

    /// <summary>How long a payout that was refused for itself waits.</summary>
    public const int SetAsideMs = 3_000;

    /// <summary>What each of our accounts, and the stranger's, begins with. Unit: micro-STK.</summary>
    public const ulong FirstBalance = 1_000_000_000;

    public static readonly Account PayoutFloat = Account.FromSeed([.. Enumerable.Repeat((byte)1, Account.SeedLength)]);
    public static readonly Account Stranger = Account.FromSeed([.. Enumerable.Repeat((byte)2, Account.SeedLength)]);
    public static readonly PublicKey Mint = Address(3);
    public static readonly PublicKey FloatTokens = Address(4);
    public static readonly PublicKey StrangersTokens = Address(5);
    public static readonly Account Vault = Account.FromSeed([.. Enumerable.Repeat((byte)6, Account.SeedLength)]);
    public static readonly PublicKey VaultTokens = Address(7);

    public static readonly PayoutTerms Terms =
        new(PayoutFloat.PublicKey, FloatTokens, Mint, Decimals: 6, UnitPriceMicroLamports: 1);

    public static readonly Landmark Landmark = new(new(new byte[Signature.Length]), Slot: 1);

    public static readonly MachineTerms Machine =
        new(["alpha", "beta"], new("ours", Landmark, NodesForLanding: 2, Margin))
        {
            LookAgainEvery = TimeSpan.FromSeconds(4),
            Patience = TimeSpan.FromSeconds(15),
        };

    private static readonly ImmutableArray<PublicKey> WalletKeys =
        [.. Enumerable.Range(0, Wallets).Select(wallet => Address(100 + wallet))];

    private static readonly ImmutableArray<PublicKey> TokenKeys =
        [.. Enumerable.Range(0, Wallets).Select(wallet => Address(200 + wallet))];

    public static PublicKey WalletKey(int wallet) => WalletKeys[wallet];

    public static PublicKey TokensOf(int wallet) => TokenKeys[wallet];

    public static IReadOnlyList<SettlingStep> Steps(Dice dice)
    {
        var steps = new List<SettlingStep>();
        for (var count = dice.Between(2, 8); count > 0; count--)
        {
            // Together, so that they share a batch, or on their own.
            var at = dice.Chance(2) ? 1_000 : dice.Next(LengthMs / 2);
            steps.Add(new SettlingStep.Withdraw(at, dice.Next(Wallets)));
        }

        for (var count = dice.Next(5); count > 0; count--)
        {
            steps.Add(new SettlingStep.Change(
                At(dice), dice.Next(Wallets), dice.Chance(2) ? AccountChange.Close : (AccountChange)dice.Next(4)));
        }

        for (var count = dice.Next(4); count > 0; count--)
        {
            steps.Add(new SettlingStep.Crash(At(dice), dice.Next(25)));
        }

        for (var count = dice.Next(3); count > 0; count--)
        {
            steps.Add(new SettlingStep.Takeover(At(dice), dice.Chance(2) ? 0 : dice.Next(15_000)));
        }

        for (var count = dice.Next(3); count > 0; count--)
        {
            steps.Add(new SettlingStep.LoseWrite(At(dice), dice.Chance(2)));
            steps.Add(new SettlingStep.SignerCrash(At(dice)));
        }

        for (var count = dice.Next(4); count > 0; count--)
        {
            steps.Add(new SettlingStep.Network(At(dice), dice.Between(1_000, 15_000), IsLossy: true));
            steps.Add(new SettlingStep.Fork(At(dice), dice.Between(1, FinalDepth - 1), dice.Chance(2)));
        }

        for (var count = dice.Next(3); count > 0; count--)
        {
            steps.Add(new SettlingStep.Send(At(dice), 10_000 + dice.Next(1_000)));
            steps.Add(new SettlingStep.Refill(At(dice), 20_000 + dice.Next(1_000)));
        }

        // One of the two nodes may lie: what both say is taken for true.
        var liar = dice.Next(2);
        for (var count = dice.Next(8); count > 0; count--)
        {
            var what = (NodeTrouble)dice.Next((int)NodeTrouble.Silent + 1);
            steps.Add(new SettlingStep.Trouble(
                At(dice), what == NodeTrouble.Lie ? liar : dice.Next(2), what, dice.Between(1_000, 25_000)));
        }

        if (!dice.Chance(3))
        {
            AddBadTimes(steps, liar, dice);
        }

        for (var count = dice.Next(3); count > 0; count--)
        {
            steps.Add(new SettlingStep.Stranger(At(dice), dice.Chance(2)));
            steps.Add(new SettlingStep.Word(At(dice) + (LengthMs / 4), dice.Chance(2)));
        }

        return steps;
    }

    // A payout while one node lies and something else is wrong beside it: what one guard lets through, the others must hold.
    private static void AddBadTimes(List<SettlingStep> steps, int liar, Dice dice)
    {
        var at = dice.Next(LengthMs / 3);
        var wallet = dice.Next(Wallets);
        steps.Add(new SettlingStep.Change(Math.Max(0, at - 400), wallet, AccountChange.Open));
        steps.Add(new SettlingStep.Withdraw(at, wallet));
        var kind = dice.Next(3);
        if (kind == 0)
        {
            // The account is closed while the payout to it is under way.
            steps.Add(new SettlingStep.Change(at + dice.Between(700, 2_500), wallet, AccountChange.Close));
            steps.Add(new SettlingStep.Trouble(at, 1 - liar, NodeTrouble.NoErrors, 25_000));
            steps.Add(new SettlingStep.Trouble(at, liar, NodeTrouble.NoErrors, 25_000));
            return;
        }

        steps.Add(new SettlingStep.Trouble(at, liar, NodeTrouble.Lie, 30_000));
        if (kind == 1)
        {
            // It gets into a block as late as it can, and answers take their time.
            steps.Add(new SettlingStep.Congestion(at, dice.Between(6_000, 7_900)));
            steps.Add(new SettlingStep.Network(at + 4_000, 25_000, IsLossy: false));
        }
        else
        {
            var what = dice.Of([NodeTrouble.Lag, NodeTrouble.Balanced, NodeTrouble.Prune, NodeTrouble.DeadFork]);
            steps.Add(new SettlingStep.Trouble(at + dice.Next(2_000), 1 - liar, what, 30_000));
        }
    }

    private static int At(Dice dice) => 500 + dice.Next(LengthMs);

    private static PublicKey Address(int number)
    {
        var bytes = new byte[PublicKey.Length];
        BitConverter.TryWriteBytes(bytes, number);
        bytes[^1] = 0x5A;
        return new(bytes);
    }
}
