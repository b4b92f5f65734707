using System.Diagnostics;
using System.Globalization;
using Stk.Testing;

namespace Stk.Cli.Tests.Endings;

/// <summary>A program as a shell starts it, with a shell's redirections and a system's signals.</summary>
internal sealed class BuiltProgram : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private BuiltProgram(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Close();
    }

    /// <summary>The command line program, in place of the shell.</summary>
    /// <param name="redirections">As a shell reads them: <c>>/dev/full</c>.</param>
    public static BuiltProgram Start(string redirections, params IEnumerable<string> arguments) => Shell(
        $"exec dotnet \"$0\" \"$@\" {redirections}",
        new Dictionary<string, string> { ["STK_TOKEN"] = "ey.a.b" },
        [Path.Combine(AppContext.BaseDirectory, "Stk.Cli.dll"), .. arguments]);

    /// <summary>A line of bash.</summary>
    /// <param name="arguments">The script's <c>$0</c>, then <c>$1</c> and on.</param>
    public static BuiltProgram Shell(
        string script, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("bash", ["-c", script, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start) ?? throw new InvalidOperationException("bash did not start"));
    }

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task<(int Code, string Output, string Error)> End()
    {
        using var limit = new CancellationTokenSource(HangLimit.Step);
        await _process.WaitForExitAsync(limit.Token);
        return (_process.ExitCode, await _output.WaitAsync(limit.Token), await _error.WaitAsync(limit.Token));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
