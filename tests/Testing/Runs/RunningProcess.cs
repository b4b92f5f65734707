namespace Stk.Testing.Runs;

/// <summary>Processes that are no children of this one, by their ids.</summary>
public static class RunningProcess
{
    /// <summary>False where it is gone, or has ended and only waits to be collected.</summary>
    public static bool IsAlive(int id)
    {
        try
        {
            // The second field is the program's name, which may hold blanks and brackets.
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[stat.LastIndexOf(')') + 2] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }
}
