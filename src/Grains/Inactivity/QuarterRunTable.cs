using System.Collections.Immutable;
using Npgsql;
using Stk.Rules.Money;
using Stk.Rules.Quarters;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Inactivity;

/// <summary>Tables <c>inactivity.runs</c> and <c>inactivity.parts</c>.</summary>
internal sealed class QuarterRunTable(NpgsqlDataSource database)
{
    private const string Columns = """
        quarter, days, rules_version, sealed_to, leaves_to, suspensions_to, began_at, people, amount_micro,
        assessed_at, done_at
        """;

    private const string ReadSql = $"SELECT {Columns} FROM inactivity.runs WHERE quarter = $1 AND days = $2";

    private const string ProgressSql = """
        SELECT last.quarter, warned.days
        FROM (SELECT max(quarter) AS quarter FROM inactivity.runs WHERE days = 0 AND done_at IS NOT NULL) AS last
        LEFT JOIN inactivity.runs warned ON warned.days > 0 AND warned.done_at IS NOT NULL
            AND warned.quarter > coalesce(last.quarter, 0)
        """;

    private const string IsSettledSql =
        "SELECT EXISTS (SELECT FROM weeks.runs WHERE week = $1 AND settled_at IS NOT NULL)";

    // What decides is fixed here, once: whoever comes second goes on with the same. A warning looks at the seals that are
    // whole by then.
    private const string BeginSql = """
        INSERT INTO inactivity.runs (
            quarter, days, rules_version, sealed_to, leaves_to, suspensions_to, began_at)
        SELECT $1, $2, $3,
            coalesce((SELECT max(week) FROM weeks.runs WHERE week <= $4 AND scored_at IS NOT NULL), $5),
            coalesce((SELECT max(number) FROM inactivity.leaves), 0),
            coalesce((SELECT max(number) FROM suspensions.changes), 0), $6
        ON CONFLICT (quarter, days) DO NOTHING
        """;

    // As one that has looked at nobody.
    private const string SkipSql = """
        INSERT INTO inactivity.runs (
            quarter, days, rules_version, sealed_to, leaves_to, suspensions_to, began_at, people, amount_micro, assessed_at,
            done_at)
        SELECT $1, $2, $3,
            coalesce((SELECT max(week) FROM weeks.runs WHERE week <= $4 AND scored_at IS NOT NULL), $5),
            coalesce((SELECT max(number) FROM inactivity.leaves), 0),
            coalesce((SELECT max(number) FROM suspensions.changes), 0), $6, 0, 0, $6, $6
        """;

    private const string AssessedSql = """
        UPDATE inactivity.runs SET assessed_at = $3, people = sum.people, amount_micro = sum.micro
        FROM (
            SELECT coalesce(sum(people), 0)::integer AS people, coalesce(sum(amount_micro), 0)::bigint AS micro
            FROM inactivity.parts WHERE quarter = $1 AND days = $2) AS sum
        WHERE quarter = $1 AND days = $2 AND assessed_at IS NULL
        """;

    private const string DoneSql = """
        UPDATE inactivity.runs SET done_at = $3 WHERE quarter = $1 AND days = $2 AND done_at IS NULL
        """;

    private const string PartsSql = "SELECT first_shard FROM inactivity.parts WHERE quarter = $1 AND days = $2";

    /// <summary>Null where it has not begun.</summary>
    public async Task<QuarterRun?> Read(QuarterId quarter, int days, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadSql).With(quarter.Number).With((short)days);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new(
                QuarterId.OfNumber(row.GetInt32(0)), row.GetInt16(1), row.GetInt32(2), WeekId.OfNumber(row.GetInt32(3)),
                row.GetInt32(4), row.GetInt32(5), row.Instant(6), row.IntOrNull(7),
                row.LongOrNull(8) is { } micro ? new Amount(micro) : null, row.InstantOrNull(9), row.InstantOrNull(10))
            : null;
    }

    /// <summary>The last quarter whose run is done, and the warnings that the one after it has given.</summary>
    public async Task<(QuarterId? LastRun, ImmutableArray<int> Warned)> ReadProgress(CancellationToken cancellation)
    {
        QuarterId? last = null;
        var warned = ImmutableArray.CreateBuilder<int>();
        await using var command = database.CreateCommand(ProgressSql);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            last = row.IntOrNull(0) is { } number ? QuarterId.OfNumber(number) : null;
            if (!await row.IsDBNullAsync(1, cancellation))
            {
                warned.Add(row.GetInt16(1));
            }
        }

        return (last, warned.ToImmutable());
    }

    public async Task<bool> IsSettled(WeekId week, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(IsSettledSql).With(week.Number);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    /// <summary>Begins a run or a warning, once; one that has begun is as it was.</summary>
    /// <param name="to">No later week is looked at.</param>
    public async Task<QuarterRun> Begin(
        QuarterId quarter, int days, int rulesVersion, WeekId to, DateTimeOffset now)
    {
        await using (var command = database.CreateCommand(BeginSql)
            .With(quarter.Number).With((short)days).With(rulesVersion).With(to.Number).With(to.Previous.Number)
            .With(now.UtcDateTime))
        {
            await command.ExecuteNonQueryAsync();
        }

        return await Read(quarter, days, CancellationToken.None)
            ?? throw new InvalidOperationException($"the run of {quarter} is not there right after it began");
    }

    /// <summary>The command that makes a run or a warning done without doing it. It fails where it has begun.</summary>
    /// <param name="to">No later week would have been looked at.</param>
    public static NpgsqlBatchCommand Skip(
        QuarterId quarter, int days, int rulesVersion, WeekId to, DateTimeOffset now) => new NpgsqlBatchCommand(SkipSql)
            .With(quarter.Number).With((short)days).With(rulesVersion).With(to.Number).With(to.Previous.Number)
            .With(now.UtcDateTime);

    public async Task<ImmutableHashSet<int>> ReadParts(QuarterRun run)
    {
        var parts = ImmutableHashSet.CreateBuilder<int>();
        await using var command = database.CreateCommand(PartsSql).With(run.Quarter.Number).With((short)run.Days);
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
        {
            parts.Add(row.GetInt16(0));
        }

        return parts.ToImmutable();
    }

    /// <summary>All parts are there. A second try changes nothing.</summary>
    public Task SetAssessed(QuarterRun run, DateTimeOffset now) => Set(AssessedSql, run, now);

    /// <summary>All is posted. A second try changes nothing.</summary>
    public Task SetDone(QuarterRun run, DateTimeOffset now) => Set(DoneSql, run, now);

    private async Task Set(string sql, QuarterRun run, DateTimeOffset now)
    {
#pragma warning disable CA2100 // Both callers pass a constant.
        await using var command = database.CreateCommand(sql)
            .With(run.Quarter.Number).With((short)run.Days).With(now.UtcDateTime);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
