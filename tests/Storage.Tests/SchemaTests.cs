using System.Diagnostics;
using System.Text.RegularExpressions;
using Npgsql;
using Stk.Testing;
using Xunit;

namespace Stk.Storage.Tests;

/// <summary>
/// <c>src/Storage/Schema/schema.sql</c> is what all scripts make together, so that a table's shape is read in one place:
/// <c>pg_dump --schema-only</c> without what differs from machine to machine. <c>UPDATE_SNAPSHOTS=1</c> writes it anew.
/// </summary>
[Collection(StorageCollection.Name)]
public sealed partial class SchemaTests(PostgresServerWithoutFsync server)
{
    private const string Begin = "-- What the scripts of this folder make, for reading alone: no program runs it. Made by PostgreSQL ";

    private static readonly string Snapshot = Path.Combine(Repository.Root, "src", "Storage", "Schema", "schema.sql");

    [Fact]
    public async Task Schema_sql_is_what_the_scripts_make()
    {
        var database = await server.CreateDatabase();
        Migration.Run(database);
        var major = await TestDatabase.Ask<int>(
            database, "SELECT current_setting('server_version_num')::integer / 10000");

        string[] made = [FormattableString.Invariant($"{Begin}{major}."), .. await Dump(database)];

        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            await File.WriteAllLinesAsync(Snapshot, made);
            return;
        }

        var kept = await File.ReadAllLinesAsync(Snapshot);
        if (kept[0] == made[0])
        {
            Assert.Equal(kept, made);
        }
        else
        {
            // Another version of PostgreSQL says the same things in another way: what there is must be the same.
            Assert.Equal(Objects(kept), Objects(made));
        }
    }

    private static IEnumerable<string> Objects(string[] lines) =>
        lines.Select(line => Object().Match(line)).Where(match => match.Success).Select(match => match.Value)
            .Order(StringComparer.Ordinal);

    private static async Task<IEnumerable<string>> Dump(string database)
    {
        var target = new NpgsqlConnectionStringBuilder(database);
        var binaries = (await Run(
            Path.Combine(Repository.Root, "deploy", "local", "postgres.sh"), ["bin"], password: null)).Trim();
        var dump = await Run(
            Path.Combine(binaries, "pg_dump"),
            [
                "--schema-only", "--no-owner", "--exclude-schema=migration", $"--host={target.Host}",
                FormattableString.Invariant($"--port={target.Port}"), $"--username={target.Username}", target.Database!,
            ],
            target.Password);
        var lines = dump.Split('\n').Where(line => !OfTheMachine().IsMatch(line)).ToList();
        // Between two statements one line is empty.
        return lines.Where((line, place) => line.Length > 0 || (place > 0 && lines[place - 1].Length > 0))
            .SkipWhile(line => line.Length == 0);
    }

    private static async Task<string> Run(string program, IEnumerable<string> arguments, string? password)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PGPASSWORD"] = password;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} failed: {error.Trim()}");
    }

    [GeneratedRegex(@"^(--|SET |SELECT pg_catalog\.set_config|\\(un)?restrict )")]
    private static partial Regex OfTheMachine();

    [GeneratedRegex(@"^CREATE (UNIQUE )?\w+ [\w.]+")]
    private static partial Regex Object();
}
