using System.Diagnostics;
using Stk.Testing;

namespace Stk.Signer.Tests.Processes;

/// <summary>The program itself, in a process of its own.</summary>
internal sealed class SignerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private SignerProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <param name="settings">By their names in files, with colons.</param>
    public static SignerProcess Start(IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Stk.Signer.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return new(Process.Start(start)!); // null only with UseShellExecute
    }

    /// <summary>Its exit code and what it said on standard error.</summary>
    public async Task<(int Code, string Errors)> End()
    {
        using var hang = HangLimit.StepSource();
        await _process.WaitForExitAsync(hang.Token);
        return (_process.ExitCode, (await _errors).Trim());
    }

    /// <summary>SIGKILL. Gives what it has logged.</summary>
    public async Task<string> Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        return await _output;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await Kill();
        }

        _process.Dispose();
    }
}
