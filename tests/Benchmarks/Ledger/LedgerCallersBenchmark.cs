using System.CommandLine;
using System.Security.Cryptography;
using Stk.Benchmarks.Hosting;
using Stk.Benchmarks.Measuring;
using Stk.Benchmarks.Spending;

namespace Stk.Benchmarks.Ledger;

/// <summary>
/// What it costs a transfer that its token goes with it and is verified in the silo: the same calls through a gateway to two
/// silos, one that looks whose they are and one that does not, each with a server of its own, interleaved.
/// </summary>
internal static class LedgerCallersBenchmark
{
    private const int Accounts = 10_000;

    public static Command Command()
    {
        var seconds = new Option<int>("--seconds") { DefaultValueFactory = _ => 5, Description = "Of one measurement." };
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 5 };
        var command = new Command("ledger-callers", "Transfers through a gateway, with a token and without.") { seconds, rounds };
        command.SetAction((parsed, _) => Run(TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(rounds)));
        return command;
    }

    private static async Task Run(TimeSpan duration, int rounds)
    {
        var home = Directory.CreateTempSubdirectory("stk-bench-keys-").FullName;
        try
        {
            var keys = Directory.CreateDirectory(Path.Combine(home, "keys")).FullName;
            using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
            {
                await File.WriteAllTextAsync(Path.Combine(keys, "bench.key.pem"), key.ExportPkcs8PrivateKeyPem());
                await File.WriteAllTextAsync(Path.Combine(keys, "bench.pub.pem"), key.ExportSubjectPublicKeyInfoPem());
            }

            using var tokens = new BenchTokens(home);
            await using var bare = await BenchSilo.Start(looksAtCalls: false);
            await using var looking = await BenchSilo.Start(keys: keys);
            await Report.Machine(bare.Database);
            await LedgerBenchmark.Fund(bare, Accounts);
            await LedgerBenchmark.Fund(looking, Accounts);
            // To the first nothing is shown, and nothing is looked at.
            await using var bareClient = await BenchClient.Connect(
                bare.ConnectionString, certificates: null, bare.Secrets, token: "");
            await using var client = await BenchClient.Connect(
                looking.ConnectionString, certificates: null, looking.Secrets, tokens.Sign("participant", "bench"));
            await LedgerTlsBenchmark.Compare(
                "calls", ("not looked at", bareClient.Grains), ("token verified", client.Grains), duration, rounds);
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }
}
