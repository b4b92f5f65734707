using Npgsql;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Weeks;

/// <summary>Table <c>weeks.overrides</c>. All SQL that touches it is in this file.</summary>
internal sealed class OverrideTable(NpgsqlDataSource database)
{
    private const string FindSql = """
        SELECT reason, asked_by, approved_by FROM weeks.overrides WHERE week = $1 ORDER BY at, approval LIMIT 1
        """;

    private const string InsertSql = """
        INSERT INTO weeks.overrides (approval, week, reason, asked_by, approved_by, at) VALUES ($1, $2, $3, $4, $5, $6)
        """;

    /// <summary>Null where nobody has let the week go on although something was missing.</summary>
    public async Task<ApprovedOverride?> Find(WeekId week, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FindSql).With(week.Number);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? new(row.GetString(0), row.GetString(1), row.GetString(2)) : null;
    }

    /// <summary>The command that stores one. It fails where it is stored.</summary>
    public static NpgsqlBatchCommand Insert(
        Guid approval, WeekId week, ApprovedOverride approved, DateTimeOffset at) => new NpgsqlBatchCommand(InsertSql)
        .With(approval).With(week.Number).With(approved.Reason).With(approved.AskedBy).With(approved.ApprovedBy)
        .With(at.UtcDateTime);
}

/// <summary>Two persons' word that a week goes on although something is missing.</summary>
internal sealed record ApprovedOverride(string Reason, string AskedBy, string ApprovedBy);
