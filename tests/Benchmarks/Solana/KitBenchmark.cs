using System.Diagnostics;
using System.Text.Json.Nodes;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;
using Stk.Testing;
using Stk.Testing.Chain;

namespace Stk.Benchmarks.Solana;

/// <summary>Base58 and messages of 18 payouts beside <c>@solana/kit</c>, one thread each, as a ratio.</summary>
internal static class KitBenchmark
{
    public static async Task Run()
    {
        var folder = Path.Combine(Repository.Root, "tests", "Solana.Tests", "node");
        var node = await NodeRuntime.Find(CancellationToken.None);
        await NodeRuntime.InstallPackages(folder, CancellationToken.None);
        var start = new ProcessStartInfo(node, ["bench.mjs"]) { WorkingDirectory = folder, RedirectStandardOutput = true };
        using var process = Process.Start(start)!; // null only with UseShellExecute
        var kit = JsonNode.Parse(await process.StandardOutput.ReadToEndAsync())!;
        await process.WaitForExitAsync();

        var keys = Enumerable.Range(1, 1_000).Select(Key).ToArray();
        var bytes = Array.ConvertAll(keys, key => key.ToArray());
        var texts = Array.ConvertAll(keys, key => key.ToString());
        Compare("base58 encode, 32 bytes", kit["encode"]!, Rate(1_000_000, count =>
        {
            for (var one = 0; one < count; one++)
            {
                _ = Base58Text.Encode(bytes[one % bytes.Length]);
            }
        }));
        Compare("base58 decode, 32 bytes", kit["decode"]!, Rate(1_000_000, count =>
        {
            for (var one = 0; one < count; one++)
            {
                _ = PublicKey.Parse(texts[one % texts.Length]);
            }
        }));
        Compare("message of 18 payouts", kit["message"]!, Rate(20_000, count =>
        {
            for (var one = 0; one < count; one++)
            {
                var builder = new TransactionBuilder().SetFeePayer(keys[0]).SetRecentBlockHash(new(bytes[5]))
                    .AddInstruction(ComputeBudgetProgram.SetComputeUnitLimit(127_000))
                    .AddInstruction(ComputeBudgetProgram.SetComputeUnitPrice(1_000))
                    .AddInstructions(Enumerable.Range(0, 18).Select(payout => TokenProgram.TransferChecked(
                        keys[1], keys[10 + (((one * 18) + payout) % 900)], (ulong)(payout + 1), 6, keys[0], keys[2])));
                _ = builder.BuildMessage().Serialize();
            }
        }));
    }

    private static void Compare(string what, JsonNode kit, double ours) =>
        Numbers.Print($"{what}: ours {ours:0} a second, kit {kit.GetValue<double>():0}, ratio {ours / kit.GetValue<double>():0.0}");

    private static double Rate(int count, Action<int> work)
    {
        // Twice, so that the second is measured on compiled code.
        work(count / 2);
        var started = Stopwatch.GetTimestamp();
        work(count);
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static PublicKey Key(int number)
    {
        var bytes = new byte[PublicKey.Length];
        for (var place = 0; place < bytes.Length; place++)
        {
            bytes[place] = (byte)(((number * 2_654_435_761L) + (place * 40_503L)) >> 7);
        }

        return new(bytes);
    }
}
