using System.Globalization;
using Npgsql;
using Stk.Storage;

namespace Stk.EndToEnd.Operations;

/// <summary>What <c>up</c> cannot start on: one sentence, a code that is not zero, nothing left running.</summary>
public sealed class RefusedUpTests(PostgresServerWithoutFsync server) : IClassFixture<PostgresServerWithoutFsync>
{
    [Fact]
    public async Task A_database_that_cannot_be_reached_is_said()
    {
        var sentence = await Refused($"Host=127.0.0.1;Port={FreePort.Next()};Database=stk;Username=stk;Password=stk");

        Assert.Contains("database cannot be reached", sentence, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_database_that_does_not_exist_is_said()
    {
        var sentence = await Refused(server.ConnectionString("nowhere"));

        Assert.Contains("\"nowhere\" does not exist", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_newer_than_the_program_is_said()
    {
        var database = await server.CreateDatabase();
        Migration.Run(database);
        var newer = Migration.NewestVersion + 1;
        await using (var connection = new NpgsqlConnection(database))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(
                """
                INSERT INTO migration.changelog (type, version, description, name, checksum, installed_by, success)
                VALUES (0, $1, 'of tomorrow', 'V.sql', '', 'tomorrow', true)
                """, connection)
            {
                Parameters = { new() { Value = newer.ToString(CultureInfo.InvariantCulture) } },
            };
            await command.ExecuteNonQueryAsync();
        }

        var sentence = await Refused(database);

        Assert.Contains($"version {newer}", sentence, StringComparison.Ordinal);
        Assert.Contains("newer program", sentence, StringComparison.Ordinal);
    }

    [Theory, InlineData("STK_PORT", "eighty"), InlineData("STK_PG_PORT", "0")]
    public async Task A_setting_that_cannot_be_is_named(string name, string value)
    {
        await using var economy = Economy.Make();
        var environment = economy.Environment();
        environment[name] = value;

        using var run = StkRun.Start(Path.Combine(Repository.Root, "stk"), ["up"], environment);

        Assert.Contains($"{name} is '{value}'", (await run.End()).Sentence(), StringComparison.Ordinal);
    }

    [Theory, InlineData("verify"), InlineData("recompute", "2025-W51"), InlineData("replay", "Stk.sln"), InlineData("psql"), InlineData("fly")]
    public async Task A_verb_that_cannot_be_done_says_why(params string[] arguments)
    {
        await using var economy = Economy.Make();

        var refused = await economy.Stk(arguments);

        Assert.Equal(1, refused.Code);
        Assert.Contains("./stk", refused.Sentence(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Down_where_nothing_runs_is_no_error()
    {
        await using var economy = Economy.Make();

        Assert.Contains("Nothing runs", (await economy.Stk("down")).Done().Text, StringComparison.Ordinal);
    }

    private static async Task<string> Refused(string database)
    {
        await using var economy = Economy.Make();
        var environment = economy.Environment();
        environment["STK_DATABASE"] = database;

        using var run = StkRun.Start(Path.Combine(Repository.Root, "stk"), ["up"], environment);
        var sentence = (await run.End()).Sentence();

        Assert.Empty(economy.Living());
        return sentence;
    }
}
