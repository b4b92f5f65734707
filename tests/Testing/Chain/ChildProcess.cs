using System.ComponentModel;
using System.Diagnostics;

namespace Stk.Testing.Chain;

/// <summary>A program that is run to its end.</summary>
/// <param name="ExitCode"><see cref="NotThere"/> where there is no such program.</param>
/// <param name="Output">What it wrote, output and errors.</param>
internal sealed record ChildProcess(int ExitCode, string Output)
{
    public const int NotThere = 127;

    public static async Task<ChildProcess> Run(
        string program, IEnumerable<string> arguments, string folder, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!; // null only with UseShellExecute
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return new(process.ExitCode, await output + await errors);
        }
        catch (Win32Exception)
        {
            return new(NotThere, "");
        }
    }
}
