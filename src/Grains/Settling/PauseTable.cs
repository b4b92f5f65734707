using Npgsql;
using NpgsqlTypes;
using Stk.GrainInterfaces.Settling;
using Stk.Rules.Payouts;
using Stk.Storage.Sql;

namespace Stk.Grains.Settling;

/// <summary>Table <c>settlement.pauses</c>, and what <c>settlement.state</c> says of it: all that writes it.</summary>
internal sealed class PauseTable(NpgsqlDataSource database)
{
    private const string FindSql = """
        SELECT number, because, since, by, details FROM settlement.pauses WHERE ended_at IS NULL
        """;

    private const string HoldSql = """
        WITH held AS (
            UPDATE settlement.state SET paused_because = $1, paused_since = $2 WHERE paused_because IS NULL RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM held) = 1, 'no pause')
        """;

    private const string InsertSql = """
        INSERT INTO settlement.pauses (because, since, by, details) VALUES ($1, $2, $3, $4)
        """;

    private const string LetGoSql = """
        WITH gone AS (
            UPDATE settlement.state SET paused_because = NULL, paused_since = NULL
            WHERE paused_because IS NOT NULL RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM gone) = 1, 'a pause')
        """;

    private const string EndSql = """
        WITH ended AS (
            UPDATE settlement.pauses SET ended_at = $2, ended_by = $3, ended_reason = $4, approval = $5
            WHERE number = $1 AND ended_at IS NULL RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM ended) = 1, 'this pause')
        """;

    /// <summary>The pause that stands, with its number; null where nothing holds payouts.</summary>
    public async Task<(long Number, PauseView View)?> Find(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FindSql);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? (row.GetInt64(0), new((PauseCause)row.GetInt16(1), row.Instant(2), row.TextOrNull(3), row.GetString(4)))
            : null;
    }

    /// <summary>The commands that hold payouts. They fail where they are held.</summary>
    public static IReadOnlyList<NpgsqlBatchCommand> Begin(PauseView pause) =>
    [
        new NpgsqlBatchCommand(HoldSql).With((short)pause.Because).With(pause.Since.UtcDateTime),
        new NpgsqlBatchCommand(InsertSql)
            .With((short)pause.Because).With(pause.Since.UtcDateTime).WithNullable(pause.By, NpgsqlDbType.Text)
            .With(pause.Details),
    ];

    /// <summary>The commands that let payouts go on. They fail where another pause stands, or none.</summary>
    /// <param name="approval">By which two persons have ended it; null where one may.</param>
    public static IReadOnlyList<NpgsqlBatchCommand> End(
        long number, DateTimeOffset at, string by, string reason, Guid? approval) =>
    [
        new(LetGoSql),
        new NpgsqlBatchCommand(EndSql)
            .With(number).With(at.UtcDateTime).With(by).With(reason).WithNullable(approval, NpgsqlDbType.Uuid),
    ];
}
