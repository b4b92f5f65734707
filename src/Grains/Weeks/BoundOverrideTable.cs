using Npgsql;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Weeks;

/// <summary>Table <c>weeks.bound_overrides</c>. All SQL that touches it is in this file.</summary>
internal sealed class BoundOverrideTable(NpgsqlDataSource database)
{
    private const string ExistsSql = "SELECT EXISTS (SELECT FROM weeks.bound_overrides WHERE week = $1)";

    private const string ApproverSql = "SELECT approved_by FROM weeks.bound_overrides WHERE week = $1";

    // A second one changes nothing: the week goes on already.
    private const string AddSql = """
        INSERT INTO weeks.bound_overrides (week, at, beyond, reason, asked_by, approved_by)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING
        """;

    public async Task<bool> Exists(WeekId week, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ExistsSql).With(week.Number);
        return (bool)(await command.ExecuteScalarAsync(cancellation))!; // EXISTS is never null
    }

    /// <summary>The second person; null where nobody has let the week go on, or one did when one was enough.</summary>
    public async Task<string?> FindApprover(WeekId week, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ApproverSql).With(week.Number);
        return await command.ExecuteScalarAsync(cancellation) as string;
    }

    public static NpgsqlBatchCommand Add(BoundOverride given) => new NpgsqlBatchCommand(AddSql)
        .With(given.Week.Number).With(given.At).With(given.Beyond).With(given.Reason).With(given.AskedBy)
        .With(given.ApprovedBy);
}

/// <summary>That a week beyond a bound is paid all the same.</summary>
/// <param name="Beyond">By how much, as the operator was told.</param>
/// <param name="ApprovedBy">The second person.</param>
internal sealed record BoundOverride(
    WeekId Week, DateTimeOffset At, string Beyond, string Reason, string AskedBy, string ApprovedBy);
