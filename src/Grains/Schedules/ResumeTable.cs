using Npgsql;
using Stk.Storage.Sql;

namespace Stk.Grains.Schedules;

/// <summary>Table <c>economy.resumes</c>. All SQL that touches it is in this file.</summary>
internal sealed class ResumeTable(NpgsqlDataSource database)
{
    private const string FindSql = """
        SELECT reason, asked_by, approved_by FROM economy.resumes WHERE paused_at = $1 ORDER BY at, approval LIMIT 1
        """;

    private const string InsertSql = """
        INSERT INTO economy.resumes (approval, paused_at, reason, asked_by, approved_by, at) VALUES ($1, $2, $3, $4, $5, $6)
        """;

    /// <summary>Null where nobody has ended the pause.</summary>
    public async Task<ApprovedResume?> Find(DateTimeOffset pausedAt, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FindSql).With(pausedAt.UtcDateTime);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? new(row.GetString(0), row.GetString(1), row.GetString(2)) : null;
    }

    /// <summary>The command that stores that a pause is ended. It fails where it is stored.</summary>
    public static NpgsqlBatchCommand Insert(
        Guid approval, DateTimeOffset pausedAt, ApprovedResume approved, DateTimeOffset at) =>
        new NpgsqlBatchCommand(InsertSql)
            .With(approval).With(pausedAt.UtcDateTime).With(approved.Reason).With(approved.AskedBy)
            .With(approved.ApprovedBy).With(at.UtcDateTime);
}

/// <summary>Two persons' word that the clock can be trusted again.</summary>
internal sealed record ApprovedResume(string Reason, string AskedBy, string ApprovedBy);
