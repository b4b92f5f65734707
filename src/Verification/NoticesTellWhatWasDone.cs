using System.Runtime.CompilerServices;
using Npgsql;
using Stk.Grains.Inactivity;
using Stk.Grains.Notices;
using Stk.Ledger.Verify;
using Stk.Rules.Money;
using Stk.Rules.Notices;
using Stk.Rules.Quarters;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Verification;

/// <summary>
/// Each notice of a quarter says what was warned of, taken, given back or decided, and when; and whatever is told in no
/// transaction of the ledger has its notice. Those that a transaction was posted with are its effects besides.
/// </summary>
internal sealed class NoticesTellWhatWasDone : IInvariant
{
    // Each: what it tells of, in columns; whether it must be told; the notice. Warnings and decisions of an earlier build
    // were not told, and nobody is told who is erased.
    private const string WarningsSql = $"""
        WITH told AS (
            SELECT *, "values" ->> 'quarter' AS quarter, "values" ->> 'daysBefore' AS days FROM notices.notices
            WHERE kind = '{NoticeKinds.InactivityWarning}')
        SELECT warning.participant, warning.quarter, warning.days::integer, warning.rate_bp, warning.amount_micro,
            warning.at, part.told IS NOT NULL AND person.number IS NOT NULL, NULL::uuid,
            told.id, told.participant, told."values"::text, told.at, told.transaction_id, NULL::bytea, NULL::uuid
        FROM inactivity.warnings warning
        JOIN inactivity.parts part ON part.quarter = warning.quarter AND part.days = warning.days
            AND warning.shard BETWEEN part.first_shard AND part.first_shard + 7
        LEFT JOIN activity.participants person ON person.number = warning.participant
        FULL JOIN told ON told.participant = warning.participant AND told.days = warning.days::text
            AND told.quarter = left(warning.quarter::text, 4) || '-Q' || right(warning.quarter::text, 1)
        """;

    private const string DebitsSql = $"""
        SELECT debit.participant, debit.quarter, NULL::integer, line.rate_bp, debit.amount_micro, told.at, false,
            debit.transaction_id, told.id, told.participant, told."values"::text, told.at, told.transaction_id, book.document
        FROM notices.notices told
        LEFT JOIN inactivity.debits debit ON debit.transaction_id = told.transaction_id
        LEFT JOIN inactivity.lines line ON line.quarter = debit.quarter AND line.participant = debit.participant
            AND line.attempt = debit.attempt
        LEFT JOIN inactivity.runs run ON run.quarter = debit.quarter AND run.days = 0
        LEFT JOIN economy.rule_books book ON book.version = run.rules_version
        WHERE told.kind = '{NoticeKinds.InactivityCharged}'
        """;

    private const string CreditsSql = $"""
        SELECT credit.participant, credit.quarter, credit.week, NULL::integer, credit.amount_micro, told.at, false,
            credit.transaction_id, told.id, told.participant, told."values"::text, told.at, told.transaction_id
        FROM notices.notices told
        LEFT JOIN inactivity.credits credit ON credit.transaction_id = told.transaction_id AND credit.cause = 2
        WHERE told.kind = '{NoticeKinds.InactivityRestored}'
        """;

    private const string DecisionsSql = $"""
        WITH told AS (
            SELECT *, "values" ->> 'quarter' AS quarter FROM notices.notices WHERE kind = '{NoticeKinds.AppealDecided}')
        SELECT appeal.participant, appeal.quarter, decision.is_accepted::integer, NULL::integer,
            coalesce(credit.amount_micro, debit.amount_micro, 0),
            CASE WHEN decision.transaction_id IS NULL THEN decision.at ELSE told.at END,
            decision.told AND person.number IS NOT NULL, decision.appeal,
            told.id, told.participant, told."values"::text, told.at, told.transaction_id, NULL::bytea,
            decision.transaction_id
        FROM inactivity.decisions decision JOIN inactivity.appeals appeal ON appeal.id = decision.appeal
        LEFT JOIN inactivity.credits credit ON credit.transaction_id = decision.transaction_id
        LEFT JOIN inactivity.debits debit ON debit.transaction_id = decision.transaction_id
        LEFT JOIN activity.participants person ON person.number = appeal.participant
        FULL JOIN told ON told.participant = appeal.participant
            AND told.quarter = left(appeal.quarter::text, 4) || '-Q' || right(appeal.quarter::text, 1)
        """;

    public string Name => "I27";

    public string Statement =>
        "Notices of redistribution say what was done, and whoever was warned, or had an appeal decided, was told.";

    public async IAsyncEnumerable<Violation> Check(
        Snapshot snapshot, [EnumeratorCancellation] CancellationToken cancellation)
    {
        (string Sql, Func<NpgsqlDataReader, Notice?> Make)[] sorts =
        [
            (WarningsSql, row => InactivityNotices.Warning(
                Quarter(row), row.GetInt32(2), row.GetInt64(0), row.GetInt32(3), Sum(row))),
            (DebitsSql, Charged),
            (CreditsSql, row => InactivityNotices.Restored(
                row.GetGuid(7), Quarter(row), row.GetInt64(0), WeekId.OfNumber(row.GetInt32(2)), Sum(row))),
            (DecisionsSql, row => InactivityNotices.Decided(
                row.GetGuid(7), Quarter(row), row.GetInt64(0), row.GetInt32(2) == 1, Sum(row))),
        ];
        foreach (var (sql, make) in sorts)
        {
            await foreach (var violation in Check(snapshot, sql, make, cancellation))
            {
                yield return violation;
            }
        }
    }

    private static async IAsyncEnumerable<Violation> Check(
        Snapshot snapshot, string sql, Func<NpgsqlDataReader, Notice?> make,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
#pragma warning disable CA2100 // Every statement is constant.
        await using var command = new NpgsqlCommand(sql, snapshot.Connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            if (await row.IsDBNullAsync(0, cancellation))
            {
                yield return new("notices.notices", $"notice {row.GetGuid(8)}", "what it tells of", "nothing");
                continue;
            }

            var expected = make(row) is { } made ? $"{made.Id} {made.Participant} {made.Values} {At(row, 5)}" : "";
            var found = row.IdOrNull(8) is { } id
                ? $"{id} {row.GetInt64(9)} {row.GetString(10)} {At(row, 11)}{Unexpected(row)}"
                : null;
            if (found is null ? row.GetBoolean(6) : found != expected)
            {
                yield return new(
                    "notices.notices", $"quarter {Quarter(row)}, participant {row.GetInt64(0)}", expected, found ?? "none");
            }
        }
    }

    // With the transaction that did it, or with none.
    private static string Unexpected(NpgsqlDataReader row)
    {
        var found = row.IdOrNull(12);
        return row.FieldCount > 14 && found != row.IdOrNull(14) ? $", with transaction {found}" : "";
    }

    private static Notice? Charged(NpgsqlDataReader row) =>
        row.BytesOrNull(13) is { } document && StoredRuleBooks.Read(document) is { } book && row.IntOrNull(3) is { } rateBp
            ? InactivityNotices.Charged(
                row.GetGuid(7), Quarter(row), row.GetInt64(0), rateBp, Sum(row), book.Inactivity.Restoration)
            : null;

    private static QuarterId Quarter(NpgsqlDataReader row) => QuarterId.OfNumber(row.GetInt32(1));

    private static Amount Sum(NpgsqlDataReader row) => new(row.GetInt64(4));

    private static string At(NpgsqlDataReader row, int column) => row.InstantOrNull(column)?.ToString("O") ?? "never";
}
