using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Npgsql;

namespace Stk.Storage;

/// <summary>
/// Named places where a test harness lets a process die, stand still or find its disk full. Off unless the environment
/// has <c>STK_FAULTS=name:action:probability;...</c>, and only in Development: a point that is off is one comparison.
/// </summary>
/// <remarks>
/// Actions: <c>kill</c> (SIGKILL to this process), <c>stop</c> (SIGSTOP; somebody else wakes it), <c>full</c> (the
/// database's answer 53100 in place of what comes next). A point that acts says so on standard error first.
/// </remarks>
public static class FaultPoints
{
    /// <summary>The environment variable.</summary>
    public const string Variable = "STK_FAULTS";

    private const int SigStop = 19;

    private static readonly FrozenDictionary<string, ArmedFault>? Armed = IsDevelopment
        ? Parse(Environment.GetEnvironmentVariable(Variable))
        : null;

    private static bool IsDevelopment =>
        Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") is null or "Development"
        && Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") is null or "Development"
        && (Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")
            ?? Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT")) is not null;

    /// <summary>Here the process may be made to fail.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Reach(string name)
    {
        if (Armed is not null)
        {
            Pass(name);
        }
    }

    /// <summary>Reads a list of faults; null where there is none.</summary>
    /// <exception cref="FormatException">It is not <c>name:action:probability;...</c>.</exception>
    internal static FrozenDictionary<string, ArmedFault>? Parse(string? text) => string.IsNullOrEmpty(text)
        ? null
        : text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(ArmedFault.Parse)
            .ToFrozenDictionary(fault => fault.Name, StringComparer.Ordinal);

    private static void Pass(string name)
    {
        if (Armed!.TryGetValue(name, out var fault) && Random.Shared.NextDouble() < fault.Probability)
        {
            Act(fault);
        }
    }

    private static void Act(ArmedFault fault)
    {
        // By the raw stream: a buffered line would die with us.
        using (var error = Console.OpenStandardError())
        {
            error.Write(System.Text.Encoding.UTF8.GetBytes($"fault point {fault.Name}: {fault.Action}\n"));
        }

        switch (fault.Action)
        {
            case FaultAction.Kill:
                Process.GetCurrentProcess().Kill();
                // The signal is on its way: nothing more may be done here.
                Thread.Sleep(Timeout.Infinite);
                break;
            case FaultAction.Stop:
                _ = Signal(Environment.ProcessId, SigStop);
                break;
            case FaultAction.Full:
                throw new PostgresException(
                    "no space left on device (a fault point)", "ERROR", "ERROR", PostgresErrorCodes.DiskFull);
            default:
                throw new UnreachableException();
        }
    }

#pragma warning disable SYSLIB1054 // The generated import would need unsafe code in this project.
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
#pragma warning restore SYSLIB1054
}

/// <param name="Probability">Of each passage. 0 to 1.</param>
internal sealed record ArmedFault(string Name, FaultAction Action, double Probability)
{
    public static ArmedFault Parse(string text)
    {
        var parts = text.Split(':');
        return parts is [{ Length: > 0 } name, var action, var probability]
            && Enum.TryParse<FaultAction>(action, ignoreCase: true, out var known) && Enum.IsDefined(known)
            && double.TryParse(probability, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var chance)
            && chance is >= 0 and <= 1
                ? new(name, known, chance)
                : throw new FormatException(
                    $"{FaultPoints.Variable} has '{text}': it must be name:action:probability, "
                    + "the action kill, stop or full, the probability 0 to 1");
    }
}

internal enum FaultAction
{
    Kill = 1,
    Stop = 2,
    Full = 3,
}
