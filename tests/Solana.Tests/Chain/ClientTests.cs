using System.Diagnostics;
using System.Text.Json.Nodes;
using Stk.Testing;
using Stk.Testing.Chain;

namespace Stk.Solana.Tests.Chain;

/// <summary>Clients of others, unchanged, against the local chain.</summary>
public class ClientTests
{
    // They wait for a signature by subscription, and without one for ever.
    [Fact]
    public async Task Clients_that_send_and_wait_come_to_an_end()
    {
        await using var chain = await LocalChain.Start();
        var folder = Path.Combine(Repository.Root, "tests", "Solana.Tests", "node");
        await NodeRuntime.InstallPackages(folder, CancellationToken.None);
        var node = await NodeRuntime.Find(CancellationToken.None);
        var start = new ProcessStartInfo(node, ["clients.mjs", chain.Nodes[0].Url.ToString(), chain.Control.ToString()])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!; // null only with UseShellExecute
        using var patience = HangLimit.StepSource();
        try
        {
            var (output, errors) = (
                process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            Assert.True(process.ExitCode == 0, await errors);
            var done = JsonNode.Parse(await output)!["done"]!.AsArray().Select(name => name!.ToString()).ToList();
            Assert.Contains("sendAndConfirmTransaction finalized", done);
            Assert.Contains("recoverNested", done);
            Assert.Contains("sendAndConfirmDurableNonceTransactionFactory", done);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
