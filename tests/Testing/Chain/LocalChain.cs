using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Stk.Testing.Chain;

/// <summary>
/// A local chain of one test's own: a process of Node that ends with this object, or with the test's process. Slots
/// advance by command only.
/// </summary>
public sealed class LocalChain : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly HttpClient _http = new();

    private LocalChain(Process process, Task<string> errors, JsonObject ready)
    {
        _process = process;
        _errors = errors;
        Control = new(ready["control"]!.ToString());
        Nodes = [.. ready["nodes"]!.AsArray().Select(node => (node!["name"]!.ToString(), new Uri(node["url"]!.ToString())))];
    }

    /// <summary>Where commands go.</summary>
    public Uri Control { get; }

    /// <summary>The nodes by name; the second is some slots behind the first.</summary>
    public IReadOnlyList<(string Name, Uri Url)> Nodes { get; }

    /// <summary>The chain's folder in the sources.</summary>
    public static string Folder => Path.Combine(Repository.Root, "deploy", "local", "solana");

    /// <param name="home">Where its state is kept; null: nowhere.</param>
    /// <param name="slotMs">0: slots advance by command only. Unit: ms.</param>
    public static async Task<LocalChain> Start(string? home = null, int seed = 1, int slotMs = 0)
    {
        var node = await NodeRuntime.Find(CancellationToken.None);
        await NodeRuntime.InstallPackages(Folder, CancellationToken.None);
        string[] arguments = ["main.mjs", "--with-stdin", "--slot-ms", $"{slotMs}", "--seed", $"{seed}"];
        var start = new ProcessStartInfo(node, home is null ? arguments : [.. arguments, "--home", home])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!; // null only with UseShellExecute
        var errors = process.StandardError.ReadToEndAsync();
        var ready = await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException($"The local chain did not start: {await errors}");
        return new(process, errors, JsonNode.Parse(ready)!.AsObject());
    }

    /// <summary>Sends a command; see the chain's control.mjs. Answers with the chain's state.</summary>
    /// <exception cref="InvalidOperationException">The chain refuses; the message says why.</exception>
    public async Task<JsonObject> Command(object command)
    {
        using var answer = await _http.PostAsJsonAsync(Control, command);
        var body = await answer.Content.ReadFromJsonAsync<JsonObject>();
        return answer.IsSuccessStatusCode
            ? body!
            : throw new InvalidOperationException($"The local chain refuses {command}: {body}");
    }

    /// <summary>Ends it as a machine's death would: nothing is written any more.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // Its input ends, so it notes its last slot and ends too.
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
        }

        await _errors;
        _process.Dispose();
        _http.Dispose();
    }
}
