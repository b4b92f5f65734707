using System.Diagnostics;
using System.Text.Json.Nodes;
using Stk.Testing;
using Stk.Testing.Chain;

namespace Stk.Solana.Tests.CrossChecks;

/// <summary>One process of Node that answers a line for a line, in order.</summary>
internal sealed class NodeProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private NodeProgram(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public static async Task<NodeProgram> Start(CancellationToken cancellation)
    {
        var folder = Path.Combine(Repository.Root, "tests", "Solana.Tests", "node");
        var node = await NodeRuntime.Find(cancellation);
        await NodeRuntime.InstallPackages(folder, cancellation);
        var start = new ProcessStartInfo(node, ["crosscheck.mjs"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new(Process.Start(start)!); // null only with UseShellExecute
    }

    /// <summary>Sends all cases and gives each answer as it comes, in order.</summary>
    public async IAsyncEnumerable<JsonObject> Ask(IReadOnlyList<JsonObject> questions)
    {
        var asking = Send(questions);
        for (var place = 0; place < questions.Count; place++)
        {
            var line = await _process.StandardOutput.ReadLineAsync()
                ?? throw new InvalidOperationException($"Node ended before answer {place + 1}: {await _errors}");
            yield return JsonNode.Parse(line)!.AsObject();
        }

        await asking;
    }

    public async ValueTask DisposeAsync()
    {
        // Killed, not asked: a test that fails early leaves questions on their way.
        _process.Kill();
        await _process.WaitForExitAsync();
        await _errors;
        _process.Dispose();
    }

    // While answers are read: neither pipe may fill up and hold the other.
    private async Task Send(IReadOnlyList<JsonObject> questions)
    {
        foreach (var question in questions)
        {
            await _process.StandardInput.WriteLineAsync(question.ToJsonString());
        }

        await _process.StandardInput.FlushAsync();
    }
}
