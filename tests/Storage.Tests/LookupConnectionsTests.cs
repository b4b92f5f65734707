using Npgsql;
using Stk.Testing;
using Xunit;

namespace Stk.Storage.Tests;

[Collection(StorageCollection.Name)]
public sealed class LookupConnectionsTests(PostgresServerWithoutFsync server)
{
    // A table of one row is scanned everywhere else; the plan would be kept while it grows.
    [Fact]
    public async Task A_look_up_takes_the_index_of_the_smallest_table()
    {
        var database = await server.CreateDatabase();
        await TestDatabase.Execute(database, "CREATE TABLE things AS SELECT 1 AS id; ALTER TABLE things ADD PRIMARY KEY (id)");
        await TestDatabase.Execute(database, "VACUUM ANALYZE things");
        var options = new StorageOptions { ConnectionString = database };
        await using var lookups = LookupConnections.Open(options);
        await using var others = StorageConnections.Open(options);

        Assert.Contains("Index", await Plan(lookups.Source), StringComparison.Ordinal);
        Assert.Contains("Seq Scan", await Plan(others), StringComparison.Ordinal);
    }

    // For a list of one key a plan of its own would be made each time.
    [Fact]
    public async Task A_plan_is_made_once_and_for_any_list()
    {
        var database = await server.CreateDatabase();
        await TestDatabase.Execute(database, "CREATE TABLE things AS SELECT 1 AS id; ALTER TABLE things ADD PRIMARY KEY (id)");
        await using var lookups = LookupConnections.Open(new() { ConnectionString = database });
        await using var connection = await lookups.Source.OpenConnectionAsync();
        for (var i = 0; i < 5; i++)
        {
            await using var find = new NpgsqlCommand("SELECT id FROM things WHERE id = ANY($1)", connection)
            {
                Parameters = { new NpgsqlParameter<int[]> { TypedValue = [i] } },
            };
            await find.ExecuteScalarAsync();
        }

        await using var plans = new NpgsqlCommand(
            "SELECT custom_plans FROM pg_prepared_statements WHERE statement LIKE '%things%'", connection);
        Assert.Equal(0L, await plans.ExecuteScalarAsync());
    }

    private static async Task<string> Plan(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("EXPLAIN SELECT id FROM things WHERE id = ANY('{1,2,3}')");
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
