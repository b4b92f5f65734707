using Stk.ApiHost.OpenApi;
using Stk.Rules.Money;

namespace Stk.ApiHost.Wallets;

/// <summary>Where STK go when they leave. What the topic brings beside its endpoints.</summary>
internal static class WalletTopic
{
    /// <summary>The heading in the API's description.</summary>
    public const string Tag = "Wallet";

    private const string Wallet = "7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV";
    private const string Vault = "GThUX1Atko4tqhN2NaiTazWSeFWMuiUvfFnyJyUghFMJ";
    private const string Mint = "9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin";
    private const string Nonce = "0b54ad4c7c3c5f2e9a512f5a3a1b8f10";
    private const string Statement =
        "Link this wallet to the STK account ann. Payouts to it are public on Solana for ever.";

    private const string Message =
        $"stk.example wants you to sign in with your Solana account:\n{Wallet}\n\n{Statement}\n\nURI: https://stk.example/\n"
        + $"Version: 1\nChain ID: mainnet\nNonce: {Nonce}\nIssued At: 2025-12-18T09:25:00.000Z\n"
        + "Expiration Time: 2025-12-18T09:30:00.000Z";

    public static Topic Topic => new(WalletJson.Default, new(Tag, "The wallet that a participant's STK are paid to."))
    {
        Problems = WalletProblems.All,
        Examples =
        [
            new LinkedWalletView(
                Wallet, Sample.At, Sample.At.AddHours(48), "keep", "5zVmLRmpUrA6KnEqSyoPVEUGjTKEYrLm9MeHvAEBNqTe",
                Amount.Zero, new(Amount.Zero, Amount.Zero),
                new(
                    Vault, Mint, "stk-17-k3q7x0ab", $"solana:{Vault}?spl-token={Mint}&memo=stk-17-k3q7x0ab")),
            new ChallengeBody(Wallet, "message"),
            new ChallengeAnswer(
                Nonce, Message,
                new(
                    "stk.example", Wallet, Statement, "https://stk.example/", "1", "mainnet", Nonce,
                    "2025-12-18T09:25:00.000Z", "2025-12-18T09:30:00.000Z"),
                Transaction: null, Sample.At),
            new LinkBody(
                Nonce,
                "5awYiUvGiDFA33EJjj4TXJG44a5afJc8QjWRpGgQiu6b23jCr7yndW2fmp9ujwqJVe32J456wV3VF78Asb1obnTc"),
            new WalletModeBody("weekly"),
        ],
    };
}
