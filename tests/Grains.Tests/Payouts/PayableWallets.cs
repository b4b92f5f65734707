using System.Text;
using Stk.GrainInterfaces.Wallets;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Wallets;
using Stk.Solana.Keys;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Payouts;

/// <summary>People with a wallet.</summary>
internal static class PayableWallets
{
    public static DateTimeOffset? Fresh => DateTimeOffset.UtcNow;

    /// <summary>Links a wallet by proof; it waits from now on.</summary>
    public static async Task Link(this TestEconomy economy, string id, Account wallet)
    {
        var grain = economy.Grains.GetGrain<IWalletGrain>(id);
        var challenge = Assert.IsType<ChallengeReply.Done>(await grain.Challenge(
            new(wallet.PublicKey.ToString(), ProofForm.Message, "stk.example", new("https://stk.example/wallet")),
            CancellationToken.None)).Challenge;
        Assert.IsType<WalletReply.Done>(await grain.Link(
            new(
                NewKey(), challenge.Nonce, wallet.Sign(Encoding.UTF8.GetBytes(challenge.Text)).ToString(), null, null,
                Fresh),
            CancellationToken.None));
    }

    /// <summary>Moves the clock beyond the wait of every wallet that is linked by now.</summary>
    public static async Task Ripen(this TestEconomy economy) =>
        await economy.RunTo((await economy.Schedule.GetClock()).Now.AddHours(49));
}
