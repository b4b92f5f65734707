using System.Globalization;
using Npgsql;

namespace Stk.Benchmarks.Measuring;

/// <summary>What every benchmark says beside its figures.</summary>
internal static class Report
{
    /// <summary>Prints the machine and the database's promises, and fails where they are not kept.</summary>
    public static async Task Machine(NpgsqlDataSource database)
    {
        var cpu = File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim();
        var memoryGiB = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30;
        Console.WriteLine($"machine: {Environment.ProcessorCount} x {cpu}, {memoryGiB} GiB, .NET {Environment.Version}");
        await using var command = database.CreateCommand(
            "SELECT version(), current_setting('fsync'), current_setting('synchronous_commit')");
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        Console.WriteLine($"{row.GetString(0).Split(" on ")[0]}, fsync {row.GetString(1)}, synchronous_commit {row.GetString(2)}");
        if (row.GetString(1) != "on" || row.GetString(2) != "on")
        {
            throw new InvalidOperationException("figures without durability are no figures: fsync and synchronous_commit must be on");
        }
    }

    public static void Table(string[] columns, IEnumerable<string[]> rows)
    {
        Console.WriteLine($"| {string.Join(" | ", columns)} |");
        Console.WriteLine($"|{string.Concat(Enumerable.Repeat(" --- |", columns.Length))}");
        foreach (var row in rows)
        {
            Console.WriteLine($"| {string.Join(" | ", row)} |");
        }
    }

    public static string Number(double number) => number.ToString(number < 100 ? "N2" : "N0", CultureInfo.InvariantCulture);

    /// <summary>Minimum, median and maximum.</summary>
    public static string Spread(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        return $"{Number(Median(sorted))} ({Number(sorted[0])} to {Number(sorted[^1])})";
    }

    public static double Median(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        return sorted.Length % 2 == 1
            ? sorted[sorted.Length / 2]
            : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
