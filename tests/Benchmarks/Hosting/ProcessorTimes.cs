using System.Globalization;

namespace Stk.Benchmarks.Hosting;

/// <summary>
/// Processor time of everything that takes part, by the kernel's count: what other work on the machine changes less than it
/// changes a rate. Unit: milliseconds.
/// </summary>
internal sealed class ProcessorTimes
{
    public static readonly string[] Parts = ["generator", "API host", "silo", "PostgreSQL"];

    private const double MsPerTick = 10;

    private readonly string _home;
    private readonly int _postmaster;

    /// <param name="home">STK_HOME of the hosts.</param>
    public ProcessorTimes(string home)
    {
        _home = home;
        var server = File.ReadAllText(Path.Combine(home, "postgres", "base")).Trim();
        _postmaster = int.Parse(
            File.ReadLines(Path.Combine(server, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
    }

    /// <summary>Since each began, in the order of <see cref="Parts"/>.</summary>
    public double[] Now() =>
    [
        Own(Environment.ProcessId), Own(Host("api")), Own(Host("silo-1")),
        // Those of its processes that have ended are its own children's time.
        Own(_postmaster) + Ended(_postmaster) + Children(_postmaster).Sum(Own),
    ];

    private const int Parent = 1;
    private const int User = 11;
    private const int EndedUser = 13;

    private static double Own(int id) => MsPerTick * (Stat(id)[User] + Stat(id)[User + 1]);

    private static double Ended(int id) => MsPerTick * (Stat(id)[EndedUser] + Stat(id)[EndedUser + 1]);

    private static IEnumerable<int> Children(int parent) => Directory.EnumerateDirectories("/proc")
        .Select(directory => int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id != 0 && Stat(id)[Parent] == parent);

    private int Host(string name) => int.Parse(
        File.ReadAllText(Path.Combine(_home, "run", $"{name}.pid")).Split(' ')[0], CultureInfo.InvariantCulture);

    // What follows the name in parentheses; the state, a letter, counts as 0. Zeros where the process has just ended.
    private static long[] Stat(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            return
            [
                .. text[(text.LastIndexOf(')') + 2)..].Split(' ').Take(EndedUser + 2)
                    .Select(field => long.TryParse(field, CultureInfo.InvariantCulture, out var number) ? number : 0),
            ];
        }
        catch (IOException)
        {
            return new long[EndedUser + 2];
        }
    }
}
