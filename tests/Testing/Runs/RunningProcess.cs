using System.Globalization;

namespace Stk.Testing.Runs;

/// <summary>Processes that are no children of this one, by their ids.</summary>
public static class RunningProcess
{
    // Of what follows the program's name.
    private const int State = 0;
    private const int Threads = 17;

    /// <summary>False where it is gone, or has ended whole and only waits to be collected.</summary>
    public static bool IsAlive(int id)
    {
        try
        {
            return IsAlive(File.ReadAllText($"/proc/{id}/stat"));
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>
    /// A process that was killed is a zombie as soon as its first thread has ended; while others end, its ports are still
    /// open.
    /// </summary>
    /// <param name="stat">Of <c>/proc/PID/stat</c> (proc_pid_stat(5)).</param>
    internal static bool IsAlive(string stat)
    {
        // The second field is the program's name, which may hold blanks and brackets.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[State] != "Z" || int.Parse(fields[Threads], CultureInfo.InvariantCulture) > 1;
    }
}
