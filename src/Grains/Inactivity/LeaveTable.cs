using Npgsql;
using NpgsqlTypes;
using Stk.Rules.Inactivity;
using Stk.Storage.Sql;

namespace Stk.Grains.Inactivity;

/// <summary>Table <c>inactivity.leaves</c>; an assessment reads it too.</summary>
internal sealed class LeaveTable(NpgsqlDataSource database)
{
    private const string FindSql = "SELECT number FROM activity.participants WHERE id = $1";

    private const string LastSql = """
        SELECT leave.first_day, leave.last_day FROM inactivity.leaves leave
        JOIN activity.participants participant ON participant.number = leave.participant
        WHERE participant.id = $1 ORDER BY leave.first_day DESC, leave.number DESC LIMIT 1
        """;

    private const string InsertSql = $"""
        INSERT INTO inactivity.leaves (number, participant, first_day, last_day, at, by, reason)
        SELECT {NumberedRows.Next}, $1, $2, $3, $4, $5, $6 FROM inactivity.leaves
        """;

    /// <summary>A participant's number; null where nobody has this id.</summary>
    public async Task<long?> FindNumber(string participant, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FindSql).With(participant);
        return await command.ExecuteScalarAsync(cancellation) as long?;
    }

    /// <summary>The one whose first day comes last; null where there is none.</summary>
    public async Task<Leave?> ReadLast(string participant, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(LastSql).With(participant);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new(row.GetFieldValue<DateOnly>(0), row.IsDBNull(1) ? null : row.GetFieldValue<DateOnly>(1))
            : null;
    }

    /// <summary>The commands that store one, of one transaction.</summary>
    /// <param name="at">By the economy's clock, as the log's entry has it.</param>
    public static IReadOnlyList<NpgsqlBatchCommand> Insert(
        long participant, Leave leave, DateTimeOffset at, string by, string reason) =>
    [
        NumberedRows.Lock(NumberedTable.Leaves),
        new NpgsqlBatchCommand(InsertSql)
            .With(participant).With(leave.From).WithNullable(leave.To, NpgsqlDbType.Date).With(at.UtcDateTime).With(by)
            .With(reason),
    ];
}
