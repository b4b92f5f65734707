using System.Runtime.CompilerServices;
using Npgsql;
using Stk.Grains.Activity;
using Stk.Ledger.Verify;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Verification;

/// <summary>The days of sealed weeks, from their events, against the budgets by which they were sealed.</summary>
internal sealed class SealedDaysAreWithinBudgets : IInvariant
{
    private const string RunsSql = """
        SELECT week, rules_version FROM weeks.runs JOIN activity.weeks USING (week)
        WHERE EXISTS (SELECT FROM weeks.source_budgets WHERE source_budgets.week = runs.week) ORDER BY week
        """;

    // What counts, and who is excluded, spelled once more on purpose.
    private const string OverSql = $"""
        WITH rule AS (SELECT * FROM unnest($2::text[], $3::integer[], $4::integer[]) AS rule (type, weight, day_limit)),
        linked AS (
            SELECT DISTINCT ON (identity) identity, survivor FROM activity.links WHERE after_week < $1
            ORDER BY identity, number DESC),
        received AS (
            SELECT budget.source_id, budget.points AS budget, event.day,
                coalesce(linked.survivor, event.participant) AS participant,
                rule.weight::bigint * least(count(*), rule.day_limit) AS points
            FROM weeks.source_budgets budget
            JOIN activity.events event ON event.week = budget.week AND event.source_id = budget.source_id
            JOIN rule ON rule.type = event.type
            LEFT JOIN linked ON linked.identity = event.participant
            WHERE budget.week = $1 AND event.outcome <> {SqlOutcomes.Late}
                AND NOT EXISTS (
                    SELECT FROM activity.events retraction
                    WHERE retraction.retracts = event.uuid AND retraction.source_id = event.source_id
                        AND retraction.participant = event.participant
                        AND retraction.type = event.type || 'Retracted' AND retraction.outcome <> {SqlOutcomes.Late}
                        AND NOT EXISTS (
                            SELECT FROM sources.voids taken LEFT JOIN sources.void_lifts lift ON lift.void = taken.id
                            WHERE taken.source_id = retraction.source_id AND event.week > taken.after_week
                                AND event.week <= coalesce(lift.until_week, event.week)
                                AND retraction.received_at BETWEEN taken.received_from
                                    AND taken.received_to - interval '1 microsecond'
                                AND retraction.type = ANY (coalesce(taken.types, ARRAY[retraction.type]))))
                AND NOT EXISTS (
                    SELECT FROM sources.voids taken LEFT JOIN sources.void_lifts lift ON lift.void = taken.id
                    WHERE taken.source_id = event.source_id AND event.week > taken.after_week
                        AND event.week <= coalesce(lift.until_week, event.week)
                        AND event.received_at BETWEEN taken.received_from AND taken.received_to - interval '1 microsecond'
                        AND event.type = ANY (coalesce(taken.types, ARRAY[event.type])))
            GROUP BY budget.source_id, budget.points, event.day, coalesce(linked.survivor, event.participant), event.type,
                rule.weight, rule.day_limit)
        SELECT format('week %s, source %s, %s', $1, source.name, received.day),
            format('at most %s points', received.budget), sum(received.points)::text
        FROM received JOIN activity.sources source ON source.id = received.source_id
        WHERE received.participant NOT IN (
            SELECT coalesce(linked.survivor, last.participant) FROM (
                SELECT DISTINCT ON (participant) participant, excluded FROM activity.profile_changes
                WHERE (excluded IS NOT NULL OR takes_back_exclusion) AND at < $5
                ORDER BY participant, at DESC, uuid DESC) AS last
            LEFT JOIN linked ON linked.identity = last.participant WHERE last.excluded)
        GROUP BY source.name, received.day, received.budget
        HAVING sum(received.points) > received.budget
        """;

    public string Name => "I45";

    public string Statement => "No source's day of a sealed week is worth more than its budget was.";

    public async IAsyncEnumerable<Violation> Check(
        Snapshot snapshot, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var books = await StoredRuleBooks.ReadAll(snapshot, cancellation);
        foreach (var (week, version) in await Runs(snapshot, cancellation))
        {
            // A version that is not there is named by the seals' own invariant.
            if (!books.TryGetValue(version, out var book))
            {
                continue;
            }

            await using var command = Of(week, book, snapshot);
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
            {
                yield return new("weeks.source_budgets", row.GetString(0), row.GetString(1), row.GetString(2));
            }
        }
    }

    private static NpgsqlCommand Of(WeekId week, RuleBook book, Snapshot snapshot) =>
        new NpgsqlCommand(OverSql, snapshot.Connection) { CommandTimeout = 0 }
            .With(week.Number)
            .With(book.Activities.Column(rule => rule.Type)).With(book.Activities.Column(rule => rule.Weight))
            .With(book.Activities.Column(rule => rule.DayLimit)).With(week.End);

    private static async Task<List<(WeekId Week, int Version)>> Runs(Snapshot snapshot, CancellationToken cancellation)
    {
        var runs = new List<(WeekId, int)>();
        await using var command = new NpgsqlCommand(RunsSql, snapshot.Connection);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            runs.Add((WeekId.OfNumber(row.GetInt32(0)), row.GetInt32(1)));
        }

        return runs;
    }
}
