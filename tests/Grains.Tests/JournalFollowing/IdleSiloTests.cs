using Npgsql;
using Stk.Grains.Tests.Economies;
using Stk.Testing;
using Xunit;

namespace Stk.Grains.Tests.JournalFollowing;

/// <summary>What silos ask for while nobody asks anything of them.</summary>
[Collection(OwnEconomiesCollection.Name)]
public sealed class IdleSiloTests(EconomyServer server)
{
    private const int Silos = 2;

    private const int Most = 6;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(40);

    // Counted by the database, over seconds of its own clock. A slower machine asks less often.
    [Fact]
    public async Task A_silo_that_hears_of_commits_asks_the_database_at_most_six_times_a_second()
    {
        await using var economy = await server.NewEconomy();
        var name = new NpgsqlConnectionStringBuilder(economy.Database.ConnectionString).Database!;
        // Seen from another database: looking is no transaction of theirs.
        await using var looking = NpgsqlDataSource.Create(server.ConnectionString("postgres"));
        await Eventually.Get(
            () => Ask<long>(looking, """
                SELECT count(*) FROM pg_stat_activity WHERE datname = $1 AND query LIKE 'LISTEN%' AND state = 'idle'
                """, name),
            until: count => count == Silos, "two silos listen");
        var first = await Count(looking, name);

        // Over a window that grows: a session tells what it has done up to ten seconds later, which a short one would take
        // for its own, or miss. What was done before the window began, the start of the silos, is passed over once it is
        // told.
        await Eventually.Get(
            async () =>
            {
                var last = await Count(looking, name);
                var each = new Rate((last.Transactions - first.Transactions) / Silos, last.At - first.At);
                if (each.Window > Settled && each.PerSecond > Most)
                {
                    first = last;
                }

                return each;
            },
            until: each => each.Window > Window && each.PerSecond is > 0 and <= Most,
            $"each silo asks at most {Most} times a second");
    }

    private static async Task<(long Transactions, DateTime At)> Count(NpgsqlDataSource looking, string name)
    {
        await using var command = looking.CreateCommand("""
            SELECT xact_commit, clock_timestamp() FROM pg_stat_database WHERE datname = $1
            """);
        command.Parameters.AddWithValue(name);
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return (row.GetInt64(0), row.GetDateTime(1));
    }

    private static async Task<T> Ask<T>(NpgsqlDataSource looking, string sql, string name)
    {
#pragma warning disable CA2100 // Constant text of this class.
        await using var command = looking.CreateCommand(sql);
#pragma warning restore CA2100
        command.Parameters.AddWithValue(name);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private readonly record struct Rate(long Transactions, TimeSpan Window)
    {
        public double PerSecond => Transactions / Window.TotalSeconds;
    }
}
