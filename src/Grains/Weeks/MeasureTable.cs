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
    private const string AddSql = $"""
        INSERT INTO weeks.measures (week, rewards_micro, newcomers_micro)
        SELECT $1, rewards_micro, newcomers_micro FROM ({SqlMeasures.Whole}) AS whole ON CONFLICT DO NOTHING
        """;

    private const string AddSourcesSql = $"""
        INSERT INTO weeks.source_measures (week, source_id, rewards_micro)
        SELECT $1, source_id, rewards_micro FROM ({SqlMeasures.Sources}) AS made ON CONFLICT DO NOTHING
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
