using Npgsql;
using Stk.Testing;
using Xunit;

namespace Stk.Storage.Tests;

/// <summary>A pool lends a connection as it was given back, without a reset.</summary>
[Collection(StorageCollection.Name)]
public sealed class LentConnectionsTests(PostgresServerWithoutFsync server)
{
    [Fact]
    public async Task A_transaction_that_was_left_open_is_rolled_back()
    {
        var database = await server.CreateDatabase();
        await TestDatabase.Execute(database, "CREATE TABLE things (id integer)");
        await using var source = StorageConnections.Open(new() { ConnectionString = database, ConnectionsMax = 1 });
        await using (var left = await source.OpenConnectionAsync())
        {
            await using var begun = new NpgsqlCommand("BEGIN; INSERT INTO things VALUES (1)", left);
            await begun.ExecuteNonQueryAsync();
        }

        await using var count = source.CreateCommand("SELECT count(*) FROM things");
        Assert.Equal(0L, await count.ExecuteScalarAsync());
    }
}
