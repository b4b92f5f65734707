using System.Collections.Immutable;
using Npgsql;
using Stk.Rules.Bounds;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Weeks;

/// <summary>
/// Tables <c>weeks.measures</c> and <c>weeks.source_measures</c>. All SQL that touches them is in this file.
/// </summary>
internal sealed class MeasureTable(NpgsqlDataSource database)
{
    private const string ReadSql = "SELECT rewards_micro, newcomers_micro FROM weeks.measures WHERE week = $1";

    private const string ReadSourcesSql = """
        SELECT source.name, measure.rewards_micro FROM weeks.source_measures measure
        JOIN activity.sources source ON source.id = measure.source_id
        WHERE measure.week = $1 ORDER BY source.name
        """;

    // Of two who measure at once one waits here, and then finds that it is done.
    private const string AddSql = """
        INSERT INTO weeks.measures (week, rewards_micro, newcomers_micro)
        SELECT $1, coalesce(sum(statement.reward_micro), 0)::bigint,
            coalesce(sum(statement.reward_micro) FILTER (WHERE participant.registered_at > $2), 0)::bigint
        FROM weeks.statements statement
        LEFT JOIN activity.participants participant ON participant.number = statement.participant
        WHERE statement.week = $1
        ON CONFLICT DO NOTHING
        """;

    // The events that took the places of a day, in the seal's order. A participant's reward is divided by points: level,
    // streak and the fund's factor are the same for all of them.
    private const string AddSourcesSql = """
        WITH rule AS (
            SELECT * FROM unnest($2::text[], $3::integer[], $4::integer[]) AS rule (type, weight, day_limit)),
        placed AS (
            SELECT event.participant, event.shard, event.source_id, rule.weight, rule.day_limit,
                row_number() OVER (
                    PARTITION BY event.participant, event.type, event.day
                    ORDER BY event.at, source.name, event.uuid) AS place
            FROM activity.live_events event
            JOIN rule ON rule.type = event.type
            JOIN activity.sources source ON source.id = event.source_id
            WHERE event.week = $1),
        points AS (
            SELECT participant, shard, source_id, sum(weight)::numeric AS points
            FROM placed WHERE place <= day_limit GROUP BY participant, shard, source_id),
        earned AS (
            SELECT points.source_id, floor(sum(points.points * statement.reward_micro / statement.points))::bigint AS micro
            FROM points JOIN weeks.statements statement
                ON statement.week = $1 AND statement.shard = points.shard AND statement.participant = points.participant
            GROUP BY points.source_id)
        INSERT INTO weeks.source_measures (week, source_id, rewards_micro)
        SELECT $1, source_id, micro FROM earned WHERE micro > 0
        ON CONFLICT DO NOTHING
        """;

    /// <summary>How a scored week's rewards are divided: measured once, and read from then on.</summary>
    /// <param name="book">The rule book that the week was sealed with.</param>
    public async Task<WeekShares> ReadOrMeasure(WeekId week, RuleBook book, CancellationToken cancellation)
    {
        if (await Read(week, cancellation) is { } measured)
        {
            return measured;
        }

        await Measure(week, book, cancellation);
        return await Read(week, cancellation) ?? throw new InvalidOperationException($"week {week} was not measured");
    }

    private async Task<WeekShares?> Read(WeekId week, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(ReadSql).With(week.Number));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(ReadSourcesSql).With(week.Number));
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation))
        {
            return null;
        }

        var (rewards, newcomers) = (new Amount(row.GetInt64(0)), new Amount(row.GetInt64(1)));
        var sources = ImmutableArray.CreateBuilder<SourceReward>();
        await row.NextResultAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            sources.Add(new(row.GetString(0), new(row.GetInt64(1))));
        }

        return new(rewards, newcomers, sources.ToImmutable());
    }

    private async Task Measure(WeekId week, RuleBook book, CancellationToken cancellation)
    {
        // One batch is one transaction.
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(AddSql).With(week.Number).With(week.End - WeekBoundsCheck.Young));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(AddSourcesSql)
            .With(week.Number)
            .With(book.Activities.Column(rule => rule.Type))
            .With(book.Activities.Column(rule => rule.Weight))
            .With(book.Activities.Column(rule => rule.DayLimit)));
        await batch.ExecuteNonQueryAsync(cancellation);
    }
}
