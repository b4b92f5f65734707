using System.Runtime.CompilerServices;
using Npgsql;
using Stk.Grains.Weeks;
using Stk.Ledger.Verify;
using Stk.Rules.Money;
using Stk.Rules.Notices;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Verification;

/// <summary>
/// Each statement of a week of which people were told has its notice, once; each notice of a week tells of a statement, as
/// it stands there. Nobody who is erased is told. A week whose notices were skipped has those that were written by then.
/// </summary>
internal sealed class WeeksAreToldOnce : IInvariant
{
    private const string ToldSql = $"""
        WITH told AS (
            SELECT *, "values" ->> 'week' AS week FROM notices.notices WHERE kind = '{NoticeKinds.Weekly}'),
        statement AS (
            SELECT statement.week, participant, reward_micro, points, settled_at,
                weeks.people > 0 AND person.number IS NOT NULL AS is_told,
                left(statement.week::text, 4) || '-W' || right(statement.week::text, 2) AS name
            FROM weeks.statements statement JOIN weeks.runs run USING (week) LEFT JOIN notices.weeks USING (week)
            LEFT JOIN activity.participants person ON person.number = participant)
        SELECT statement.week, statement.participant, reward_micro, points, settled_at, coalesce(is_told, false),
            told.id, told.participant, told."values"::text, told.at, told.transaction_id
        FROM statement FULL JOIN told ON told.participant = statement.participant AND told.week = statement.name
        WHERE told.id IS NOT NULL OR is_told
        """;

    // Who is erased by now may have been told, or not.
    private const string CountSql = """
        SELECT weeks.week, people, known, statements
        FROM notices.weeks
        CROSS JOIN LATERAL (
            SELECT count(*) AS statements, count(person.number) AS known FROM weeks.statements statement
            LEFT JOIN activity.participants person ON person.number = statement.participant
            WHERE statement.week = weeks.week) AS counted
        WHERE people > 0 AND people NOT BETWEEN known AND statements
        """;

    public string Name => "I38";

    public string Statement => "Whoever has a statement of a week that was told was told of it once, as it stands there.";

    public async IAsyncEnumerable<Violation> Check(
        Snapshot snapshot, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using (var command = new NpgsqlCommand(CountSql, snapshot.Connection) { CommandTimeout = 0 })
        await using (var row = await command.ExecuteReaderAsync(cancellation))
        {
            while (await row.ReadAsync(cancellation))
            {
                yield return new(
                    "notices.weeks", $"week {WeekId.OfNumber(row.GetInt32(0))}",
                    $"{row.GetInt64(2)} to {row.GetInt64(3)} people", $"{row.GetInt32(1)}");
            }
        }

        await using (var command = new NpgsqlCommand(ToldSql, snapshot.Connection) { CommandTimeout = 0 })
        await using (var row = await command.ExecuteReaderAsync(cancellation))
        {
            while (await row.ReadAsync(cancellation))
            {
                if (Broken(row) is { } violation)
                {
                    yield return violation;
                }
            }
        }
    }

    private static Violation? Broken(NpgsqlDataReader row)
    {
        if (row.IsDBNull(0))
        {
            return new("notices.notices", $"notice {row.GetGuid(6)}", "the statement that it tells of", "none");
        }

        var week = WeekId.OfNumber(row.GetInt32(0));
        var made = WeeklyNotice.Of(week, row.GetInt64(1), new Amount(row.GetInt64(2)), row.GetInt64(3));
        var expected = $"{made.Id} {made.Values}, not before {row.InstantOrNull(4):O}, with no transaction";
        var where = $"week {week}, participant {made.Participant}";
        if (row.IdOrNull(6) is not { } id)
        {
            return new("notices.notices", where, expected, "none");
        }

        return (id, row.GetString(8)) == (made.Id, made.Values) && row.IsDBNull(10)
            && row.InstantOrNull(4) is { } settled && row.Instant(9) >= settled
            ? null
            : new(
                "notices.notices", where, expected,
                $"{id} {row.GetString(8)}, at {row.Instant(9):O}, with transaction {row.IdOrNull(10)?.ToString() ?? "none"}");
    }
}
