using System.Collections.Immutable;
using Npgsql;
using Stk.Rules.RuleBooks;
using Stk.Rules.Sources;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Sources;

/// <summary>
/// What sources' days are worth, from <c>activity.live_events</c>, and tables <c>weeks.source_budgets</c> and
/// <c>sources.budget_alarms</c>. All SQL that touches them is in this file.
/// </summary>
internal sealed class BudgetTable(NpgsqlDataSource database)
{
    // As the seal would count them, of each source by itself. $1, $2: the week and its end; $3 to $5: the rule book's types,
    // weights and day limits; $6: the sources. Materialized: the look-up is made once a participant.
    private const string Worth = """
        WITH rule AS (SELECT * FROM unnest($3::text[], $4::integer[], $5::integer[]) AS rule (type, weight, day_limit)),
        linked AS MATERIALIZED (SELECT identity, survivor FROM activity.survivors($1)),
        received AS MATERIALIZED (
            SELECT event.source_id, event.day, coalesce(linked.survivor, event.participant) AS participant,
                rule.weight::bigint * least(count(*), rule.day_limit) AS points
            FROM activity.live_events event JOIN rule ON rule.type = event.type
            LEFT JOIN linked ON linked.identity = event.participant
            WHERE event.week = $1 AND event.source_id = ANY($6)
            GROUP BY event.source_id, event.day, coalesce(linked.survivor, event.participant), event.type, rule.weight,
                rule.day_limit),
        earner AS MATERIALIZED (
            SELECT who.participant FROM (SELECT DISTINCT participant FROM received) AS who
            LEFT JOIN (
                SELECT survivor, array_agg(identity) AS numbers FROM linked GROUP BY survivor) AS own
                ON own.survivor = who.participant
            WHERE NOT EXISTS (
                SELECT FROM unnest(own.numbers || who.participant) AS self (number)
                WHERE (
                    SELECT excluded FROM activity.profile_changes
                    WHERE participant = self.number AND (excluded IS NOT NULL OR takes_back_exclusion) AND at < $2
                    ORDER BY at DESC, uuid DESC LIMIT 1))),
        worth AS (
            SELECT source_id, day, sum(points)::bigint AS points FROM received JOIN earner USING (participant)
            GROUP BY source_id, day)
        """;

    private const string OverSql = Worth + """
        SELECT source.name, worth.day, worth.points, budget.points
        FROM worth JOIN unnest($6::integer[], $7::bigint[]) AS budget (source_id, points) USING (source_id)
        JOIN activity.sources source ON source.id = worth.source_id
        WHERE worth.points > budget.points ORDER BY source.name, worth.day
        """;

    private const string DaySql = Worth + "SELECT COALESCE(sum(points), 0)::bigint FROM worth WHERE day = $7";

    private const string BudgetsSql = """
        SELECT id, (settings ->> 'budgetPerDay')::bigint FROM activity.sources
        WHERE settings ->> 'budgetPerDay' IS NOT NULL AND ($1::text IS NULL OR name = $1) ORDER BY id
        """;

    private const string OpenWeeksSql = "SELECT week FROM activity.weeks WHERE sealed_at IS NULL ORDER BY week";

    private const string SealSql = """
        INSERT INTO weeks.source_budgets (week, source_id, points)
        SELECT $1, id, (settings ->> 'budgetPerDay')::bigint FROM activity.sources
        WHERE settings ->> 'budgetPerDay' IS NOT NULL
        ON CONFLICT DO NOTHING
        """;

    private const string SealedSql = "SELECT source_id, points FROM weeks.source_budgets WHERE week = $1 ORDER BY source_id";

    private const string AlarmedWeeksSql = """
        SELECT DISTINCT week FROM sources.budget_alarms JOIN activity.weeks USING (week) WHERE sealed_at IS NULL
        """;

    private const string AlarmSql = """
        INSERT INTO sources.budget_alarms (source_id, day, budget, week, points, at)
        SELECT id, $2, $3, $4, $5, $6 FROM activity.sources WHERE name = $1
        ON CONFLICT DO NOTHING
        """;

    /// <summary>The command that keeps the budgets by which a week is sealed, in the seal's transaction.</summary>
    public static NpgsqlBatchCommand Seal(WeekId week) => new NpgsqlBatchCommand(SealSql).With(week.Number);

    /// <summary>In the seal's transaction, behind its lock: what is over the budgets by which the week is sealed.</summary>
    public static async Task<ImmutableArray<OverBudgetDay>> ReadOverSealed(
        NpgsqlConnection connection, WeekId week, RuleBook book, CancellationToken cancellation)
    {
        Budgets budgets;
        await using (var command = new NpgsqlCommand(SealedSql, connection).With(week.Number))
        {
            budgets = await ReadBudgets(command, cancellation);
        }

        if (budgets.IsEmpty)
        {
            return [];
        }

        await using var over = Over(new(OverSql, connection), week, book, budgets);
        return await ReadOver(over, cancellation);
    }

    /// <summary>The days of a week that are over their source's budget, by source and day.</summary>
    /// <param name="name">Of this source alone; null for all.</param>
    /// <param name="book">That the week is sealed by; asked for where any source has a budget.</param>
    public async Task<ImmutableArray<OverBudgetDay>> ReadOver(
        WeekId week, string? name, Func<Task<RuleBook>> book, CancellationToken cancellation)
    {
        var budgets = await ReadBudgets(name, cancellation);
        if (budgets.IsEmpty)
        {
            return [];
        }

        await using var over = Over(database.CreateCommand(OverSql), week, await book(), budgets);
        return await ReadOver(over, cancellation);
    }

    /// <summary>The days of all weeks that are not sealed, by week, source and day.</summary>
    /// <param name="name">Of this source alone; null for all.</param>
    public async Task<ImmutableArray<OverBudgetDay>> ReadOver(
        string? name, RuleBookHistory books, CancellationToken cancellation)
    {
        var budgets = await ReadBudgets(name, cancellation);
        if (budgets.IsEmpty)
        {
            return [];
        }

        var days = ImmutableArray.CreateBuilder<OverBudgetDay>();
        foreach (var week in await ReadOpenWeeks(cancellation))
        {
            await using var over = Over(database.CreateCommand(OverSql), week, books.Of(week), budgets);
            days.AddRange(await ReadOver(over, cancellation));
        }

        return days.ToImmutable();
    }

    /// <summary>What a source's events of a day are worth. Unit: points.</summary>
    public async Task<long> ReadPoints(string name, DateOnly day, RuleBookHistory books, CancellationToken cancellation)
    {
        var week = WeekId.Of(day);
        await using var find = database.CreateCommand("SELECT id FROM activity.sources WHERE name = $1").With(name);
        if (await find.ExecuteScalarAsync(cancellation) is not int id)
        {
            return 0;
        }

        await using var command = Of(database.CreateCommand(DaySql), week, books.Of(week)).With(new[] { id }).With(day);
        return await command.ExecuteScalarAsync(cancellation) is long points ? points : 0;
    }

    /// <summary>In order.</summary>
    public Task<ImmutableArray<WeekId>> ReadOpenWeeks(CancellationToken cancellation) =>
        ReadWeeks(OpenWeeksSql, cancellation);

    /// <summary>Weeks that are not sealed and had a day over budget.</summary>
    public Task<ImmutableArray<WeekId>> ReadAlarmedWeeks(CancellationToken cancellation) =>
        ReadWeeks(AlarmedWeeksSql, cancellation);

    /// <summary>False where somebody was told of this day and this budget before.</summary>
    public async Task<bool> Alarm(OverBudgetDay over, DateTimeOffset at, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(AlarmSql)
            .With(over.Source).With(over.Day).With(over.Budget).With(WeekId.Of(over.Day).Number).With(over.Points)
            .With(at.UtcDateTime);
        return await command.ExecuteNonQueryAsync(cancellation) > 0;
    }

    private async Task<Budgets> ReadBudgets(string? name, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(BudgetsSql).WithNullable(name, NpgsqlTypes.NpgsqlDbType.Text);
        return await ReadBudgets(command, cancellation);
    }

    private static async Task<Budgets> ReadBudgets(NpgsqlCommand command, CancellationToken cancellation)
    {
        var (sources, points) = (new List<int>(), new List<long>());
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            sources.Add(row.GetInt32(0));
            points.Add(row.GetInt64(1));
        }

        return new([.. sources], [.. points]);
    }

    private static NpgsqlCommand Of(NpgsqlCommand command, WeekId week, RuleBook book) => command
        .With(week.Number).With(week.End).With(book.Activities.Column(rule => rule.Type))
        .With(book.Activities.Column(rule => rule.Weight)).With(book.Activities.Column(rule => rule.DayLimit));

    private static NpgsqlCommand Over(NpgsqlCommand command, WeekId week, RuleBook book, Budgets budgets) =>
        Of(command, week, book).With(budgets.Sources).With(budgets.Points);

    private static async Task<ImmutableArray<OverBudgetDay>> ReadOver(NpgsqlCommand command, CancellationToken cancellation)
    {
        var days = ImmutableArray.CreateBuilder<OverBudgetDay>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            days.Add(new(row.GetString(0), row.GetFieldValue<DateOnly>(1), row.GetInt64(2), row.GetInt64(3)));
        }

        return days.ToImmutable();
    }

    private async Task<ImmutableArray<WeekId>> ReadWeeks(string sql, CancellationToken cancellation)
    {
        var weeks = ImmutableArray.CreateBuilder<WeekId>();
#pragma warning disable CA2100 // One of the constants above.
        await using var command = database.CreateCommand(sql);
#pragma warning restore CA2100
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            weeks.Add(WeekId.OfNumber(row.GetInt32(0)));
        }

        return weeks.ToImmutable();
    }

    private sealed record Budgets(int[] Sources, long[] Points)
    {
        public bool IsEmpty => Sources.Length == 0;
    }
}
