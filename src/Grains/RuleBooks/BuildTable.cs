using System.Collections.Immutable;
using Npgsql;
using Stk.Storage.Sql;

namespace Stk.Grains.RuleBooks;

/// <summary>Table <c>economy.builds</c>. All SQL that touches it is in this file.</summary>
internal sealed class BuildTable(NpgsqlDataSource database)
{
    private const string SaySql = """
        INSERT INTO economy.builds (endpoint, generation, sections) VALUES ($1, $2, $3)
        ON CONFLICT (endpoint) DO UPDATE SET generation = $2, sections = $3
        """;

    private const string ReadSql = "SELECT endpoint, generation, sections FROM economy.builds";

    /// <summary>Writes down which sections of a rule book a silo's build knows.</summary>
    public async Task Say(SiloAddress silo, ImmutableArray<string> sections, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(SaySql)
            .With(silo.Endpoint.ToString()).With(silo.Generation).With(sections.ToArray());
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>What was said, by address and generation.</summary>
    public async Task<IReadOnlyDictionary<(string Endpoint, int Generation), ImmutableArray<string>>> Read(
        CancellationToken cancellation)
    {
        var builds = new Dictionary<(string, int), ImmutableArray<string>>();
        await using var command = database.CreateCommand(ReadSql);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            builds.Add((row.GetString(0), row.GetInt32(1)), [.. row.GetFieldValue<string[]>(2)]);
        }

        return builds;
    }
}
