using System.CommandLine;
using Stk.Storage;

namespace Stk.Silo.Verbs;

/// <summary><c>migrate</c>: brings the database to this program's schema, with its owner's rights.</summary>
internal static class MigrateVerb
{
    public static Command Command()
    {
        var command = new Command("migrate", "Brings the database to this program's schema.");
        command.SetAction(_ =>
        {
            var result = Migration.Run(Database.ConnectionString());
            Console.WriteLine(result.Applied.Length == 0
                ? $"The schema is at version {result.To} already."
                : $"The schema went from version {result.From} to {result.To}: {string.Join(", ", result.Applied)}.");
        });
        return command;
    }
}
