using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;
using Stk.Grains.Tests.Economies;
using Stk.Grains.Vesting;
using Stk.Storage;
using Xunit;

namespace Stk.Grains.Tests.Vesting;

/// <summary>
/// What days' runs, intake and requests ask of frozen rewards, where very many are pending: no statement reads them all.
/// </summary>
[Collection(EconomyCollection.Name)]
public sealed partial class GrantPlansTests(EconomyServer server)
{
    // Those that verify read everything: that is what they are for.
    private static readonly Type[] Verifying = [typeof(GrantsCheck), typeof(VestingRecomputation)];

    [Fact]
    public async Task No_statement_reads_all_grants()
    {
        var connectionString = await server.CreateDatabase();
        Migration.Run(connectionString);
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var connection = await database.OpenConnectionAsync();
        await Execute(connection, """
            INSERT INTO activity.participants (id, shard, registered_at)
            SELECT 'p' || n, n % 64, now() FROM generate_series(1, 600) AS n;
            INSERT INTO weeks.grants (
                participant, week, type, vests_days, amount_micro, unlocks_on, transaction_id, position, shard)
            SELECT number, 202000 + week, 'PeerReviewCompleted', 30, 1, date '2030-01-01' + week, gen_random_uuid(), 0, shard
            FROM activity.participants CROSS JOIN generate_series(1, 100) AS week;
            ANALYZE;
            SET plan_cache_mode = force_generic_plan;
            """);
        (string Name, string Sql)[] statements =
        [
            .. typeof(GrantTable).Assembly.GetTypes().Except(Verifying)
                .SelectMany(type => type.GetFields(BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Static))
                .Where(field => field is { IsLiteral: true } && field.Name.EndsWith("Sql", StringComparison.Ordinal))
                .Select(field => ($"{field.DeclaringType!.Name}.{field.Name}", field.GetRawConstantValue() as string ?? ""))
                .Where(field => field.Item2.Contains("weeks.grants", StringComparison.Ordinal)),
        ];

        // The two of the days' runs at the least.
        Assert.Contains(statements, statement => statement.Name == "GrantTable.DueShardsSql");
        Assert.Contains(statements, statement => statement.Name == "GrantTable.DueSql");
        var reading = new List<string>();
        foreach (var (name, sql) in statements)
        {
            using var plan = await Plan(connection, sql);
            if (Whole(plan.RootElement) is { } node)
            {
                reading.Add($"{name} reads all grants: {node}");
            }
        }

        Assert.Empty(reading);
    }

    private static async Task<JsonDocument> Plan(NpgsqlConnection connection, string sql)
    {
        var parameters = Parameter().Matches(sql)
            .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max();
        await Execute(connection, $"PREPARE asked AS {sql}");
        var values = parameters == 0 ? "" : $"({string.Join(", ", Enumerable.Repeat("NULL", parameters))})";
#pragma warning disable CA2100 // The product's own constant.
        await using var command = new NpgsqlCommand($"EXPLAIN (FORMAT JSON) EXECUTE asked{values}", connection);
#pragma warning restore CA2100
        var text = (string)(await command.ExecuteScalarAsync())!;
        await Execute(connection, "DEALLOCATE asked");
        return JsonDocument.Parse(text);
    }

    // A scan of the grants that no condition of an index bounds; null where there is none.
    private static JsonElement? Whole(JsonElement node)
    {
        if (node.ValueKind == JsonValueKind.Array)
        {
            return node.EnumerateArray().Select(Whole).FirstOrDefault(found => found is not null);
        }

        if (node.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (node.TryGetProperty("Relation Name", out var relation) && relation.GetString() == "grants"
            && node.GetProperty("Node Type").GetString() is "Seq Scan" or "Index Scan" or "Index Only Scan"
            && !node.TryGetProperty("Index Cond", out _))
        {
            return node;
        }

        return node.EnumerateObject().Select(member => Whole(member.Value)).FirstOrDefault(found => found is not null);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // Written here, or the product's own constant.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    [GeneratedRegex(@"\$(\d+)")]
    private static partial Regex Parameter();
}
