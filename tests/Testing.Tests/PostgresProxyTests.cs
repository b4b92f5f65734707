using Npgsql;
using Xunit;

namespace Stk.Testing.Tests;

public sealed class PostgresProxyTests(PostgresServerWithoutFsync server) : IClassFixture<PostgresServerWithoutFsync>
{
    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task A_commit_that_was_cut_is_in_the_database_and_its_sender_does_not_know(int maxAutoPrepare)
    {
        var direct = await server.CreateDatabase();
        await using var watcher = NpgsqlDataSource.Create(direct);
        await Execute(watcher, "CREATE TABLE t (n integer)");
        await using var proxy = new PostgresProxy(server.Port);
        await using var client = NpgsqlDataSource.Create(Through(proxy, direct, maxAutoPrepare));
        for (var n = 1; n <= 4; n++)
        {
            // Often enough to be prepared: then the word itself is on the wire no more.
            await Insert(client, n);
        }

        proxy.CutAtNextCommit();

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => Insert(client, 5));
        Assert.Equal(1, proxy.CutsAtCommit);
        await Eventually.True(async () => await Count(watcher) == 5, "the cut commit is there");
        client.Clear();
        await Insert(client, 6);
        Assert.Equal(6, await Count(watcher));
    }

    [Fact]
    public async Task After_a_cut_of_all_connections_only_new_ones_work_and_while_it_refuses_none_do()
    {
        var direct = await server.CreateDatabase();
        await using var proxy = new PostgresProxy(server.Port);
        await using var client = NpgsqlDataSource.Create(Through(proxy, direct, maxAutoPrepare: 0));
        await using var connection = await client.OpenConnectionAsync();

        Assert.Equal(1, proxy.CutAll());
        await using var command = new NpgsqlCommand("SELECT 1", connection);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => command.ExecuteScalarAsync());

        proxy.IsRefusing = true;
        await Assert.ThrowsAnyAsync<NpgsqlException>(async () => await client.OpenConnectionAsync());
        proxy.IsRefusing = false;
        await using var again = await client.OpenConnectionAsync();
    }

    private static string Through(PostgresProxy proxy, string direct, int maxAutoPrepare) =>
        new NpgsqlConnectionStringBuilder(direct)
        {
            Port = proxy.Port,
            MaxAutoPrepare = maxAutoPrepare,
            AutoPrepareMinUsages = 2,
        }.ConnectionString;

    private static async Task Insert(NpgsqlDataSource source, int n)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { new("BEGIN"), new($"INSERT INTO t VALUES ({n})"), new("COMMIT") },
        };
        await batch.ExecuteNonQueryAsync();
    }

    private static async Task<long> Count(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("SELECT count(*) FROM t");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task Execute(NpgsqlDataSource source, string sql)
    {
#pragma warning disable CA2100 // Tests write their own SQL.
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
