using System.Diagnostics;
using System.Text;

namespace Stk.EndToEnd.Economies;

/// <summary>One run of <c>./stk</c> or of a program: started, perhaps interrupted, read to its end.</summary>
public sealed class StkRun : IDisposable
{
    private readonly Process _process;
    private readonly Task<byte[]> _output;
    private readonly StringBuilder _error = new();
    private readonly TaskCompletionSource _errorEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StkRun(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                _errorEnded.TrySetResult();
                return;
            }

            lock (_error)
            {
                _error.Append(line.Data).Append('\n');
            }
        };
        process.BeginErrorReadLine();
        _output = ReadAll(process.StandardOutput.BaseStream);
    }

    public int ProcessId => _process.Id;

    /// <summary>What it has written to standard error so far.</summary>
    public string Error
    {
        get
        {
            lock (_error)
            {
                return _error.ToString();
            }
        }
    }

    /// <param name="environment">Set beside this process's own; null removes one.</param>
    public static StkRun Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Repository.Root,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        process.StandardInput.Close();
        return new(process);
    }

    /// <summary>Waits for the end. All that it wrote is read, and nothing that it left running holds a pipe open.</summary>
    /// <param name="limit"><see cref="HangLimit.Program"/> where none is given.</param>
    public async Task<StkResult> End(TimeSpan? limit = null)
    {
        var most = limit ?? HangLimit.Program;
        using var end = new CancellationTokenSource(most);
        try
        {
            await _process.WaitForExitAsync(end.Token);
            var output = await _output.WaitAsync(end.Token);
            await _errorEnded.Task.WaitAsync(end.Token);
            return new(_process.ExitCode, output, Error);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{_process.StartInfo.FileName} did not end within {most}. It said: {Error}");
        }
    }

    /// <summary>A test that failed meanwhile leaves nothing running.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static async Task<byte[]> ReadAll(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }
}

/// <param name="Output">Standard output, as bytes: an export is compared by them.</param>
public sealed record StkResult(int Code, byte[] Output, string Error)
{
    private static readonly string[] Progress =
        ["Building", "Installing ", "Starting ", "Migrating ", "Waiting ", "No local chain"];

    public string Text => Encoding.UTF8.GetString(Output);

    public string[] Lines => Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Asserts that it did what it was asked.</summary>
    public StkResult Done()
    {
        Assert.True(Code == 0, $"exit code {Code}\n{Text}\n{Error}");
        return this;
    }

    /// <summary>Asserts that it failed, with one sentence on standard error beside the lines of progress.</summary>
    public string Sentence()
    {
        Assert.True(Code != 0, $"it ended well: {Text}\n{Error}");
        var sentence = Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => !Progress.Any(word => line.StartsWith(word, StringComparison.Ordinal)));
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        return sentence;
    }
}
