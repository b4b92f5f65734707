using System.Diagnostics;
using Npgsql;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Reconciling;
using Stk.Grains.Paging;
using Stk.Rules.Money;
using Stk.Storage.Sql;

namespace Stk.Grains.Reconciling;

/// <summary>Table <c>settlement.reconciliations</c>. All SQL that touches it is in this file.</summary>
internal sealed class ReconciliationTable(NpgsqlDataSource database)
{
    private const string Columns = """
        number, cause, asked_by, asked_at, at, slot, sequence, supply_micro, vault_micro, float_micro, in_flight_micro,
        outside_micro, suspense_micro, issued_micro, minted_micro, burned_micro, ledger_burned_micro, matches, details
        """;

    private const string LastSql = $"""
        SELECT {Columns} FROM settlement.reconciliations WHERE at IS NOT NULL ORDER BY at DESC, number DESC LIMIT 1
        """;

    private const string ListSql = $"""
        SELECT {Columns} FROM settlement.reconciliations WHERE number < $1 ORDER BY number DESC LIMIT $2
        """;

    // Asked for by an operator; else an hour is over, a week's payouts are written, or something was found, since the last.
    private const string DueSql = """
        WITH last AS (
            SELECT at, week FROM settlement.reconciliations WHERE at IS NOT NULL ORDER BY at DESC, number DESC LIMIT 1),
        run AS (SELECT max(week) AS week FROM settlement.payouts)
        SELECT CASE
                WHEN EXISTS (SELECT FROM settlement.reconciliations WHERE at IS NULL) THEN 3
                WHEN NOT EXISTS (SELECT FROM last) OR (SELECT at FROM last) <= $1 THEN 1
                WHEN (SELECT week FROM run) > coalesce((SELECT week FROM last), 0) THEN 2
                WHEN EXISTS (
                    SELECT FROM settlement.differences WHERE found_at > (SELECT at FROM last) AND covered_by IS NULL) THEN 4
            END::smallint
        """;

    private const string AskSql = """
        INSERT INTO settlement.reconciliations (cause, asked_by, asked_at) VALUES (3, $1, $2)
        """;

    private const string CloseSql = """
        UPDATE settlement.reconciliations
        SET at = $1, week = (SELECT max(week) FROM settlement.payouts), slot = $2, sequence = $3, supply_micro = $4,
            vault_micro = $5, float_micro = $6, in_flight_micro = $7, outside_micro = $8, suspense_micro = $9,
            issued_micro = $10, minted_micro = $11, burned_micro = $12, ledger_burned_micro = $13,
            matches = cardinality($14) = 0, details = $14
        WHERE at IS NULL
        """;

    private const string InsertSql = """
        INSERT INTO settlement.reconciliations (
            cause, asked_at, at, week, slot, sequence, supply_micro, vault_micro, float_micro, in_flight_micro,
            outside_micro, suspense_micro, issued_micro, minted_micro, burned_micro, ledger_burned_micro, matches, details)
        SELECT $15, $1, $1, (SELECT max(week) FROM settlement.payouts), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
            cardinality($14) = 0, $14
        """;

    // Of many that have asked, all get the same one.
    private const short Asked = 3;

    /// <summary>The last that was done; null before the first.</summary>
    public async Task<ReconciliationView?> FindLast(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(LastSql);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? View(row) : null;
    }

    /// <summary>Newest first.</summary>
    public async Task<ReconciliationPage> List(PageRequest request, CancellationToken cancellation)
    {
        var cursors = new Cursors("reconciliations", "");
        var before = long.MaxValue;
        if (request.Cursor is { } cursor && !cursors.TryReadNumber(cursor, out before))
        {
            return new([], null, IsCursorValid: false);
        }

        await using var command = database.CreateCommand(ListSql).With(before).With(request.Limit + 1);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var views = new List<ReconciliationView>();
        while (await row.ReadAsync(cancellation))
        {
            views.Add(View(row));
        }

        var shown = views.Take(request.Limit).ToList();
        return new([.. shown], views.Count > request.Limit ? cursors.WriteNumber(shown[^1].Number) : null);
    }

    /// <summary>Why one is due; null where none is.</summary>
    /// <param name="hourAgo">The last that was done before is too old.</param>
    public async Task<short?> FindCause(DateTimeOffset hourAgo, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(DueSql).With(hourAgo.UtcDateTime);
        return await command.ExecuteScalarAsync(cancellation) as short?;
    }

    /// <summary>The command by which an operator asks for one.</summary>
    public static NpgsqlBatchCommand Ask(string by, DateTimeOffset at) =>
        new NpgsqlBatchCommand(AskSql).With(by).With(at.UtcDateTime);

    /// <summary>The command that stores what has come of one.</summary>
    /// <param name="details">What does not match.</param>
    public static NpgsqlBatchCommand Done(
        short cause, ReserveReading reading, IReadOnlyCollection<string> details, DateTimeOffset now)
    {
        var facts = reading.Facts;
        var command = new NpgsqlBatchCommand(cause == Asked ? CloseSql : InsertSql)
            .With(now.UtcDateTime).With(reading.Slot).With(reading.Sequence).With((long)facts.Supply).With((long)facts.Vault)
            .With((long)facts.PayoutFloat).With((long)facts.InFlight)
            .With((long)(facts.Supply - facts.Vault - facts.PayoutFloat)).With(reading.SuspenseMicro)
            .With(reading.IssuedMicro).With((long)facts.Minted).With((long)facts.Burned).With(reading.LedgerBurnedMicro)
            .With(details.ToArray());
        return cause == Asked ? command : command.With(cause);
    }

    private static ReconciliationView View(NpgsqlDataReader row) => new(
        row.GetInt64(0), Name(row.GetInt16(1)), row.TextOrNull(2), row.Instant(3),
        row.InstantOrNull(4) is { } at
            ? new(
                at, row.GetInt64(5), row.GetInt64(6), Sum(row, 7), Sum(row, 8), Sum(row, 9), Sum(row, 10), Sum(row, 11),
                Sum(row, 12), Sum(row, 13), Sum(row, 14), Sum(row, 15),
                new(Math.Max(0, row.GetInt64(16) - row.GetInt64(15))),
                new(Math.Max(0, row.GetInt64(14) - row.GetInt64(15) - row.GetInt64(7))), row.GetBoolean(17),
                [.. row.GetFieldValue<string[]>(18)])
            : null);

    private static Amount Sum(NpgsqlDataReader row, int column) => new(row.GetInt64(column));

    // For ever.
    private static string Name(short cause) => cause switch
    {
        1 => "hour",
        2 => "run",
        3 => "asked",
        4 => "difference",
        _ => throw new UnreachableException(),
    };
}
