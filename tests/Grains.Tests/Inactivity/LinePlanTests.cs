using Npgsql;
using Stk.Grains.Inactivity;
using Stk.Grains.Tests.Economies;
using Stk.Storage;
using Xunit;

namespace Stk.Grains.Tests.Inactivity;

/// <summary>How a quarter's run finds of whom it has still to take, in rows that no statistics know.</summary>
[Collection(EconomyCollection.Name)]
public sealed class LinePlanTests(EconomyServer server)
{
    [Fact]
    public async Task Of_a_quarter_that_was_just_assessed_each_is_looked_up_and_none_is_compared_with_all()
    {
        var connectionString = await server.CreateDatabase();
        Migration.Run(connectionString);
        await using var database = NpgsqlDataSource.Create(connectionString);
        await Execute(database, $"{Lines(20241)}; ANALYZE; {Lines(20242)}");

        // As literals: a plan of its own, for this quarter.
#pragma warning disable CA2100 // The product's own constant.
        await using var command = database.CreateCommand("EXPLAIN " + LineTable.OpenSql
            .Replace("$1", "20242", StringComparison.Ordinal).Replace("$2", "0", StringComparison.Ordinal)
            .Replace("$3", "1000", StringComparison.Ordinal));
#pragma warning restore CA2100
        await using var row = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await row.ReadAsync())
        {
            plan.Add(row.GetString(0));
        }

        Assert.DoesNotContain(plan, line => line.Contains("Anti", StringComparison.Ordinal));
        Assert.Equal(2, plan.Count(line => line.Contains("participant = line.participant", StringComparison.Ordinal)));
    }

    private static string Lines(int quarter) => $"""
        INSERT INTO inactivity.lines (
            quarter, participant, attempt, shard, cause, last_active, inactive_days, rate_bp, base_micro, base_sequence,
            amount_micro, outcome, leaves_to, suspensions_to)
        SELECT {quarter}, n, 1, n % 64, 1, '2023-01-01', 90, 500, 1000, 1, 50, 1, 0, 0 FROM generate_series(1, 2000) AS n
        """;

    private static async Task Execute(NpgsqlDataSource database, string sql)
    {
#pragma warning disable CA2100 // Written here.
        await using var command = database.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
