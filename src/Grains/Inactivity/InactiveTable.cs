using System.Collections.Immutable;
using Npgsql;
using Stk.Rules.Inactivity;
using Stk.Rules.Quarters;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Inactivity;

/// <summary>What one participant may know of warnings, appeals and restorations.</summary>
internal sealed class InactiveTable(NpgsqlDataSource database)
{
    private const string WarningsSql = """
        SELECT quarter, at FROM inactivity.warnings WHERE participant = $1 AND quarter = $2 ORDER BY days DESC
        """;

    private const string AppealsSql = """
        SELECT quarter, state, decision.reason
        FROM inactivity.appeals appeal LEFT JOIN inactivity.decisions decision ON decision.appeal = appeal.id
        WHERE participant = $1 AND quarter = ANY($2)
        """;

    private const string EarnedSql =
        "SELECT quarter, week FROM inactivity.earned WHERE participant = $1 AND quarter = ANY($2)";

    private const string StreakSql = "SELECT streak FROM weeks.statements WHERE participant = $1 AND week = $2";

    /// <summary>One person as an assessment would see them now; null where there is nobody.</summary>
    public async Task<AssessedPerson?> Assess(Borders borders, long participant, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var weeks = await InactiveReader.ReadWeeks(connection, borders.SealedTo, cancellation);
        return await InactiveReader.ReadOne(
            connection, await LineTable.ReadKnown(connection, borders, cancellation), weeks, participant, cancellation);
    }

    /// <summary>When a quarter's warnings were given to somebody, the first one first.</summary>
    public async Task<ImmutableArray<DateTimeOffset>> ReadWarnings(
        QuarterId quarter, long participant, CancellationToken cancellation)
    {
        var warnings = ImmutableArray.CreateBuilder<DateTimeOffset>();
        await using var command = database.CreateCommand(WarningsSql).With(participant).With(quarter.Number);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            warnings.Add(row.Instant(1));
        }

        return warnings.ToImmutable();
    }

    /// <summary>How the appeals of these quarters stand.</summary>
    public Task<ImmutableDictionary<QuarterId, KnownAppeal>> ReadAppeals(
        long participant, IEnumerable<QuarterId> quarters, CancellationToken cancellation) => Read(
        AppealsSql, participant, quarters, row => new KnownAppeal((AppealState)row.GetInt16(1), row.TextOrNull(2)),
        cancellation);

    /// <summary>The weeks that have earned a restoration, by the debit's quarter.</summary>
    public Task<ImmutableDictionary<QuarterId, WeekId>> ReadEarned(
        long participant, IEnumerable<QuarterId> quarters, CancellationToken cancellation) => Read(
        EarnedSql, participant, quarters, row => WeekId.OfNumber(row.GetInt32(1)), cancellation);

    /// <summary>0 where the week has no statement of theirs.</summary>
    public async Task<int> ReadStreak(long participant, WeekId week, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(StreakSql).With(participant).With(week.Number);
        return await command.ExecuteScalarAsync(cancellation) as int? ?? 0;
    }

    // By quarter, which is the first column.
    private async Task<ImmutableDictionary<QuarterId, T>> Read<T>(
        string sql, long participant, IEnumerable<QuarterId> quarters, Func<NpgsqlDataReader, T> value,
        CancellationToken cancellation)
    {
        var found = ImmutableDictionary.CreateBuilder<QuarterId, T>();
#pragma warning disable CA2100 // Both callers pass a constant.
        await using var command = database.CreateCommand(sql)
            .With(participant).With(quarters.Select(quarter => quarter.Number).ToArray());
#pragma warning restore CA2100
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            found.Add(QuarterId.OfNumber(row.GetInt32(0)), value(row));
        }

        return found.ToImmutable();
    }
}

/// <summary>How an appeal stands.</summary>
/// <param name="Reason">Why it was decided so; null where it was not.</param>
internal readonly record struct KnownAppeal(AppealState State, string? Reason);
