using System.CommandLine;

namespace Stk.Benchmarks.Solana;

/// <summary>The verbs of Solana's benchmarks.</summary>
internal static class SolanaBenchmarks
{
    private const int PayoutsDefault = 100_000;

    public static Command Plan()
    {
        var payouts = Payouts();
        var command = new Command("solana-plan", "Payouts planned and signed.") { payouts };
        command.SetAction(parsed => PlanBenchmark.Run(parsed.GetValue(payouts)));
        return command;
    }

    public static Command Chain()
    {
        var payouts = Payouts();
        var command = new Command("solana-chain", "Payouts executed on the local chain.") { payouts };
        command.SetAction((parsed, _) => ChainBenchmark.Run(parsed.GetValue(payouts)));
        return command;
    }

    public static Command Kit()
    {
        var command = new Command("solana-kit", "Base58 and messages beside @solana/kit.");
        command.SetAction((_, _) => KitBenchmark.Run());
        return command;
    }

    private static Argument<int> Payouts() => new("PAYOUTS") { DefaultValueFactory = _ => PayoutsDefault };
}
