using System.CommandLine;
using Stk.Grains.Weeks;
using Stk.Rules.Weeks;

namespace Stk.Silo.Verbs;

/// <summary>
/// <c>recompute WEEK</c>: computes a sealed week again and holds the stored statements against it. The export goes to
/// standard output, all else to standard error.
/// </summary>
internal static class RecomputeVerb
{
    public static Command Command()
    {
        var week = new Argument<string>("WEEK") { Description = "A sealed week, 2025-W51." };
        var statements = new Option<bool>("--statements")
        {
            Description = "Prints the statements, a JSON document a line, instead of the CSV export.",
        };
        var command = new Command("recompute", "Computes a sealed week again, from its seal alone.") { week, statements };
        command.SetAction((parsed, cancellation) =>
            Run(parsed.GetRequiredValue(week), parsed.GetValue(statements), cancellation));
        return command;
    }

    private static async Task<int> Run(string text, bool withStatements, CancellationToken cancellation)
    {
        if (!WeekId.TryParse(text, out var week))
        {
            Console.Error.WriteLine("WEEK must be an ISO week of the calendar, as 2025-W51.");
            return 2;
        }

        await using var database = Database.Open();
        var recomputation = new Recomputation(database);
        if (!await recomputation.Run(week, cancellation))
        {
            Console.Error.WriteLine($"{week} has no statements to recompute: it is not sealed and scored.");
            return 1;
        }

        await using var output = Console.OpenStandardOutput();
        await (withStatements
            ? recomputation.WriteStatements(output, cancellation)
            : recomputation.WriteCsv(output, week, cancellation));
        foreach (var difference in recomputation.Differences)
        {
            await Console.Error.WriteLineAsync(difference);
        }

        if (recomputation.Differences.Count > 0)
        {
            return 1;
        }

        await Console.Error.WriteLineAsync(
            $"{week}: {recomputation.Count} statements recomputed from the seal; what is stored is the same.");
        return 0;
    }
}
