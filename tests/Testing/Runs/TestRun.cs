using System.Diagnostics;

namespace Stk.Testing.Runs;

/// <summary>
/// This process as a run of tests: whatever it starts ends with it, however it ends. Its children inherit a mark, and
/// <c>deploy/local/guard.sh</c>, which hears by a pipe that this process is over, ends all that bear it.
/// </summary>
public static class TestRun
{
    /// <summary>
    /// The environment variable that bears the mark. A private server, which ends by itself, is started without.
    /// </summary>
    public const string Variable = "STK_TEST_RUN";

    private static readonly Lazy<StreamWriter?> Guard = new(StartGuard);

    /// <summary>From here on every process that is started from this one is of this run.</summary>
    public static void Begin() => _ = Guard.Value;

    /// <summary>A directory that is deleted with the run, after the processes; a database in it is stopped before.</summary>
    public static void Own(string directory) => Tell("own", directory);

    /// <summary>A directory that is the run's no more: it is gone, or is kept to be looked at.</summary>
    public static void Keep(string directory) => Tell("keep", directory);

    private static void Tell(string word, string directory)
    {
        if (Guard.Value is not { } guard)
        {
            return;
        }

        lock (guard)
        {
            guard.WriteLine($"{word} {directory}");
        }
    }

    private static StreamWriter? StartGuard()
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        var mark = $"{Guid.NewGuid():N}";
        var start = new ProcessStartInfo(
            "setsid", [Path.Combine(Repository.Root, "deploy", "local", "guard.sh"), mark])
        {
            RedirectStandardInput = true,
        };
        // Of no run itself: a run that this one is part of would end it before its work.
        start.Environment.Remove(Variable);
        var guard = Process.Start(start) ?? throw new InvalidOperationException("guard.sh did not start.");
        Environment.SetEnvironmentVariable(Variable, mark);
        guard.StandardInput.AutoFlush = true;
        return guard.StandardInput;
    }
}
