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

    private const string AppealsSql =
        "SELECT quarter, state::integer FROM inactivity.appeals WHERE participant = $1 AND quarter = ANY($2)";

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
    public async Task<ImmutableDictionary<QuarterId, AppealState>> ReadAppeals(
        long participant, IEnumerable<QuarterId> quarters, CancellationToken cancellation) =>
        (await Read(AppealsSql, participant, quarters, cancellation)).ToImmutableDictionary(
            pair => pair.Key, pair => (AppealState)pair.Value);

    /// <summary>The weeks that have earned a restoration, by the debit's quarter.</summary>
    public async Task<ImmutableDictionary<QuarterId, WeekId>> ReadEarned(
        long participant, IEnumerable<QuarterId> quarters, CancellationToken cancellation) =>
        (await Read(EarnedSql, participant, quarters, cancellation)).ToImmutableDictionary(
            pair => pair.Key, pair => WeekId.OfNumber(pair.Value));

    /// <summary>0 where the week has no statement of theirs.</summary>
    public async Task<int> ReadStreak(long participant, WeekId week, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(StreakSql).With(participant).With(week.Number);
        return await command.ExecuteScalarAsync(cancellation) as int? ?? 0;
    }

    private async Task<List<KeyValuePair<QuarterId, int>>> Read(
        string sql, long participant, IEnumerable<QuarterId> quarters, CancellationToken cancellation)
    {
        var found = new List<KeyValuePair<QuarterId, int>>();
#pragma warning disable CA2100 // Both callers pass a constant.
        await using var command = database.CreateCommand(sql)
            .With(participant).With(quarters.Select(quarter => quarter.Number).ToArray());
#pragma warning restore CA2100
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            found.Add(new(QuarterId.OfNumber(row.GetInt32(0)), row.GetInt32(1)));
        }

        return found;
    }
}
