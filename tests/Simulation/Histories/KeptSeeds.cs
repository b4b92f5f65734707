using Stk.Testing;

namespace Stk.Simulation.Histories;

/// <summary>Histories that once broke something, shrunk: they run for ever.</summary>
internal static class KeptSeeds
{
    public static string File { get; } = Path.Combine(Repository.Root, "tests", "Simulation", "seeds.txt");

    public static IEnumerable<Case> Read() => System.IO.File.ReadLines(File)
        .Where(line => line.Length > 0 && line[0] != '#').Select(Case.Parse);
}
