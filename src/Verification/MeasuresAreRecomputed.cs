using System.Runtime.CompilerServices;
using Npgsql;
using Stk.Grains.Weeks;
using Stk.Ledger.Verify;
using Stk.Rules.Bounds;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Verification;

/// <summary>
/// What weeks were held against their bounds by: whoever wrote it beforehand would have switched the bounds off.
/// </summary>
internal sealed class MeasuresAreRecomputed : IInvariant
{
    private const string WeeksSql = """
        SELECT week, book.document FROM weeks.measures
        LEFT JOIN weeks.runs run USING (week) LEFT JOIN economy.rule_books book ON book.version = run.rules_version
        ORDER BY week
        """;

    private const string WholeSql = $"""
        SELECT 'weeks.measures', format('week %s', $1), format('%s, newcomers %s', made.rewards_micro, made.newcomers_micro),
            coalesce(format('%s, newcomers %s', kept.rewards_micro, kept.newcomers_micro), 'none')
        FROM ({SqlMeasures.Whole}) AS made LEFT JOIN weeks.measures kept ON kept.week = $1
        WHERE (made.rewards_micro, made.newcomers_micro) IS DISTINCT FROM (kept.rewards_micro, kept.newcomers_micro)
        """;

    private const string SourcesSql = $"""
        SELECT 'weeks.source_measures', format('week %s, source %s', $1, coalesce(made.source_id, kept.source_id)),
            coalesce(made.rewards_micro::text, 'none'), coalesce(kept.rewards_micro::text, 'none')
        FROM ({SqlMeasures.Sources}) AS made
        FULL JOIN (SELECT source_id, rewards_micro FROM weeks.source_measures WHERE week = $1) AS kept USING (source_id)
        WHERE made.rewards_micro IS DISTINCT FROM kept.rewards_micro
        """;

    public string Name => "I11";

    public string Statement => "What weeks are held against their bounds by is what their statements and events give.";

    public async IAsyncEnumerable<Violation> Check(
        Snapshot snapshot, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var (week, book) in await Weeks(snapshot, cancellation))
        {
            if (book is null)
            {
                yield return new("weeks.measures", $"week {week}", "none: the week is not sealed by a rule book", "one");
                continue;
            }

            await foreach (var violation in Check(snapshot, week, book, cancellation))
            {
                yield return violation;
            }
        }
    }

    private static async IAsyncEnumerable<Violation> Check(
        Snapshot snapshot, WeekId week, RuleBook book, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var whole = new NpgsqlCommand(WholeSql, snapshot.Connection) { CommandTimeout = 0 }
            .With(week.Number).With(week.End - WeekBoundsCheck.Young);
        await using var sources = new NpgsqlCommand(SourcesSql, snapshot.Connection) { CommandTimeout = 0 }
            .With(week.Number)
            .With(book.Activities.Column(rule => rule.Type))
            .With(book.Activities.Column(rule => rule.Weight))
            .With(book.Activities.Column(rule => rule.DayLimit));
        foreach (var command in new[] { whole, sources })
        {
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
            {
                yield return new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3));
            }
        }
    }

    private static async Task<List<(WeekId Week, RuleBook? Book)>> Weeks(
        Snapshot snapshot, CancellationToken cancellation)
    {
        var weeks = new List<(WeekId, RuleBook?)>();
        await using var command = new NpgsqlCommand(WeeksSql, snapshot.Connection);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            weeks.Add((
                WeekId.OfNumber(row.GetInt32(0)),
                row.IsDBNull(1) ? null : StoredRuleBooks.Read(row.GetFieldValue<byte[]>(1))));
        }

        return weeks;
    }
}
