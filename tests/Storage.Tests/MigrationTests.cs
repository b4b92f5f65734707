using System.Globalization;
using Npgsql;
using Stk.Testing;
using Xunit;

namespace Stk.Storage.Tests;

[Collection(StorageCollection.Name)]
public sealed class MigrationTests(PostgresServerWithoutFsync server)
{
    private static readonly string Newest = Migration.NewestVersion.ToString(CultureInfo.InvariantCulture);

    [Fact]
    public async Task The_first_run_applies_every_script_and_the_second_none()
    {
        var database = await server.CreateDatabase();

        var first = Migration.Run(database);
        var second = Migration.Run(database);

        Assert.Equal((0, Migration.NewestVersion), (first.From, first.To));
        Assert.Equal("V0001__orleans.sql", first.Applied[0]);
        Assert.Equal((Migration.NewestVersion, 0), (second.From, second.Applied.Length));
    }

    [Fact]
    public async Task Two_runs_at_once_apply_every_script_once()
    {
        var database = await server.CreateDatabase();

        var runs = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => Migration.Run(database))));

        Assert.All(runs, run => Assert.Equal(Migration.NewestVersion, run.To));
        Assert.Equal(
            runs.Sum(run => run.Applied.Length),
            await TestDatabase.Ask<long>(database, "SELECT count(DISTINCT version) FROM migration.changelog WHERE type = 0"));
    }

    [Fact]
    public async Task A_schema_newer_than_the_program_is_refused_in_one_sentence()
    {
        var database = await server.CreateDatabase();
        Migration.Run(database);
        await ClaimVersion(database, "9999");

        var refusal = Assert.Throws<MigrationException>(() => Migration.Run(database));

        Assert.Equal(MigrationFailure.NewerSchema, refusal.Failure);
        Assert.Equal(
            $"the database's schema is at version 9999, this program knows up to {Newest}: run a newer program",
            refusal.Message);
        var check = await Check(database);
        Assert.Equal(SchemaFit.Newer, check.Fit);
        Assert.Equal(refusal.Message, Assert.Throws<MigrationException>(check.Require).Message);
    }

    [Fact]
    public async Task A_script_edited_after_it_was_applied_is_refused()
    {
        var database = await server.CreateDatabase();
        Migration.Run(database);
        // As it looks from here when the script in the program is another one.
        await TestDatabase.Execute(
            database, "UPDATE migration.changelog SET checksum = 'another' WHERE name = 'V0002__ledger.sql'");

        var refusal = Assert.Throws<MigrationException>(() => Migration.Run(database));

        Assert.Equal(MigrationFailure.EditedScript, refusal.Failure);
        Assert.Contains("V0002__ledger.sql", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_fails_is_named_and_leaves_nothing()
    {
        var database = await server.CreateDatabase();
        await TestDatabase.Execute(database, "CREATE SCHEMA ledger");

        var refusal = Assert.Throws<MigrationException>(() => Migration.Run(database));

        Assert.Equal(MigrationFailure.ScriptFailed, refusal.Failure);
        Assert.Contains("V0002__ledger.sql", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("already exists", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Equal(0L, await TestDatabase.Ask<long>(
            database, "SELECT count(*) FROM pg_namespace WHERE nspname = 'storage'"));
        await TestDatabase.Execute(database, "DROP SCHEMA ledger");
        Assert.Equal(1, Migration.Run(database).From);
    }

    // CREATEROLE was once enough to become the server's own user.
    [Fact]
    public async Task An_owner_who_may_create_no_role_migrates_where_the_roles_are_there()
    {
        Migration.Run(await server.CreateDatabase());
        var database = new NpgsqlConnectionStringBuilder(await server.CreateDatabase());
        await server.Execute($"""
            CREATE ROLE owner_without LOGIN PASSWORD 'o' NOCREATEROLE;
            ALTER DATABASE "{database.Database}" OWNER TO owner_without
            """);
        database.Username = "owner_without";
        database.Password = "o";

        Assert.Equal(Migration.NewestVersion, Migration.Run(database.ConnectionString).To);
    }

    [Fact]
    public async Task A_service_sees_whether_its_schema_is_older_the_same_or_absent()
    {
        var database = await server.CreateDatabase();
        Assert.Equal(new SchemaCheck(0, Migration.NewestVersion), await Check(database));
        Migration.Run(database);
        await server.Execute("""
            DO $$ BEGIN CREATE ROLE watching_service LOGIN PASSWORD 'w' IN ROLE stk_service;
            EXCEPTION WHEN duplicate_object THEN NULL; END $$
            """);
        var service = new NpgsqlConnectionStringBuilder(database) { Username = "watching_service", Password = "w" };

        var same = await Check(service.ConnectionString);
        same.Require();
        Assert.Equal(SchemaFit.Same, same.Fit);
        await TestDatabase.Execute(database, $"DELETE FROM migration.changelog WHERE version::integer = {Newest} AND type = 0");
        var older = await Check(service.ConnectionString);
        Assert.Equal(SchemaFit.Older, older.Fit);
        Assert.Equal(MigrationFailure.OlderSchema, Assert.Throws<MigrationException>(older.Require).Failure);
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_is_said_in_one_sentence()
    {
        var nowhere = new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres")) { Port = FreePort.Next() };

        var refusal = Assert.Throws<MigrationException>(() => Migration.Run(nowhere.ConnectionString));

        Assert.Equal(MigrationFailure.Unreachable, refusal.Failure);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Equal(
            MigrationFailure.Unreachable,
            (await Assert.ThrowsAsync<MigrationException>(() => Check(nowhere.ConnectionString))).Failure);
    }

    private static async Task<SchemaCheck> Check(string connectionString)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        return await Migration.Check(database, CancellationToken.None);
    }

    private static Task ClaimVersion(string database, string version) => TestDatabase.Execute(database, $"""
        INSERT INTO migration.changelog (type, version, description, name, checksum, installed_by, installed_on, success)
        SELECT 0, '{version}', 'of tomorrow', 'V{version}__of_tomorrow.sql', checksum, installed_by, installed_on, true
        FROM migration.changelog WHERE type = 0 LIMIT 1
        """);
}
