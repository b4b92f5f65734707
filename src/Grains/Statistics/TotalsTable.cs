using System.Collections.Immutable;
using Npgsql;
using Stk.GrainInterfaces.Schedules;
using Stk.Rules.Activity;
using Stk.Rules.Money;

namespace Stk.Grains.Statistics;

/// <summary>Sums over the tables of activity and weeks, for operators. Reads only.</summary>
internal sealed class TotalsTable(NpgsqlDataSource database)
{
    private const string SumsSql = """
        SELECT (SELECT count(*) FROM weeks.runs WHERE settled_at IS NOT NULL),
            (SELECT count(*) FROM activity.participants),
            (SELECT COALESCE(sum(paid_micro), 0)::bigint FROM weeks.runs)
        """;

    private const string EventsSql = """
        SELECT outcome, source.name, count(*) FROM activity.events event
        JOIN activity.sources source ON source.id = event.source_id
        GROUP BY outcome, source.name ORDER BY source.name, outcome
        """;

    public async Task<(int Weeks, long Participants, Amount Paid)> ReadSums(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(SumsSql);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return ((int)row.GetInt64(0), row.GetInt64(1), new Amount(row.GetInt64(2)));
    }

    public async Task<ImmutableArray<OutcomeCount>> ReadEvents(CancellationToken cancellation)
    {
        var counts = ImmutableArray.CreateBuilder<OutcomeCount>();
        await using var command = database.CreateCommand(EventsSql);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            counts.Add(new(((EventOutcome)row.GetInt16(0)).WireName(), row.GetString(1), row.GetInt64(2)));
        }

        return counts.ToImmutable();
    }
}
