using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;
using Stk.Ledger.Sql;
using Stk.Ledger.Verify;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;
using Stk.Rules.Quarters;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Verification;

/// <summary>
/// Every debit of a quarter, and all that was given back of it: once, for what was decided, under the id of its cause, and
/// nothing beside an appeal that was open.
/// </summary>
internal sealed class RedistributionIsPostedOnce : IInvariant
{
    // cause 0: a debit; else of a credit. A side that is missing is null.
    private const string MovedSql = $"""
        WITH said AS (
            SELECT transaction_id AS id, quarter, participant, attempt, 0 AS cause, -amount_micro AS micro,
                NULL::uuid AS request, NULL::integer AS week
            FROM inactivity.debits
            UNION ALL
            SELECT transaction_id, quarter, participant, 0, cause, amount_micro, decision.decided_in, week
            FROM inactivity.credits LEFT JOIN inactivity.decisions decision USING (transaction_id)),
        moved AS (
            SELECT transaction.id, transaction.reference,
                coalesce(sum(posting.amount_micro) FILTER (
                    WHERE account.kind = {SqlAccounts.Available}), 0)::bigint AS micro,
                coalesce(sum(posting.amount_micro) FILTER (
                    WHERE account.kind = {SqlAccounts.Fund} AND account.owner = $1), 0)::bigint AS fund,
                coalesce(max(account.owner) FILTER (WHERE account.kind = {SqlAccounts.Available}), 0) AS participant,
                count(*) AS lines
            FROM ledger.transactions transaction
            JOIN ledger.postings posting USING (sequence, position)
            JOIN ledger.accounts account ON account.id = posting.account_id
            WHERE transaction.kind = {SqlTransactions.Redistribution} GROUP BY transaction.id, transaction.reference)
        SELECT coalesce(said.id, moved.id), said.quarter, said.participant, said.attempt, said.cause, said.micro,
            moved.reference, moved.participant, moved.micro, moved.fund, moved.lines, said.request, said.week
        FROM said FULL JOIN moved ON moved.id = said.id ORDER BY 1
        """;

    private const string DebitsSql = $"""
        WITH last AS (
            SELECT DISTINCT ON (quarter, participant) quarter, participant, attempt, amount_micro
            FROM inactivity.lines ORDER BY quarter, participant, attempt DESC)
        SELECT 'inactivity.debits', format('quarter %s, participant %s', quarter, participant),
            coalesce(format('attempt %s: %s micro', last.attempt, last.amount_micro), 'none: nothing was decided'),
            coalesce(format('attempt %s: %s micro', debit.attempt, debit.amount_micro), 'none')
        FROM (
            SELECT last.* FROM last
            WHERE amount_micro > 0 AND EXISTS (
                SELECT FROM inactivity.runs run
                WHERE run.quarter = last.quarter AND run.days = 0 AND run.done_at IS NOT NULL)
            UNION
            SELECT last.* FROM last JOIN inactivity.debits USING (quarter, participant)) AS last
        FULL JOIN inactivity.debits debit USING (quarter, participant)
        WHERE (last.attempt, last.amount_micro) IS DISTINCT FROM (debit.attempt, debit.amount_micro)
        UNION ALL
        SELECT 'inactivity.debits', format('quarter %s, participant %s', debit.quarter, debit.participant),
            format('nothing taken after commit %s, beside an appeal', appeal.after_sequence),
            format('%s micro in commit %s', debit.amount_micro, transaction.sequence)
        FROM inactivity.debits debit
        JOIN inactivity.appeals appeal USING (quarter, participant)
        JOIN ledger.transactions transaction ON transaction.id = debit.transaction_id
        WHERE appeal.state <> 3 AND transaction.sequence > appeal.after_sequence
        UNION ALL
        SELECT 'inactivity.appeals', format('quarter %s, participant %s', quarter, participant),
            CASE WHEN decision.appeal IS NULL THEN 'open' WHEN decision.is_accepted THEN 'accepted' ELSE 'rejected' END,
            format('state %s', state)
        FROM inactivity.appeals appeal LEFT JOIN inactivity.decisions decision ON decision.appeal = appeal.id
        WHERE state <> CASE WHEN decision.appeal IS NULL THEN 1 WHEN decision.is_accepted THEN 2 ELSE 3 END
        UNION ALL
        SELECT 'inactivity.credits', format('quarter %s, participant %s', credit.quarter, credit.participant),
            CASE credit.cause WHEN 1 THEN format('%s micro, because an appeal was accepted', debit.amount_micro)
                ELSE format('%s micro, because a week has earned it', earned.amount_micro) END,
            format('%s micro', credit.amount_micro)
        FROM inactivity.credits credit
        LEFT JOIN inactivity.debits debit USING (quarter, participant)
        LEFT JOIN inactivity.earned earned USING (quarter, participant)
        LEFT JOIN inactivity.appeals appeal USING (quarter, participant)
        LEFT JOIN inactivity.decisions decision ON decision.appeal = appeal.id AND decision.is_accepted
            AND decision.transaction_id = credit.transaction_id
        WHERE debit.participant IS NULL OR CASE credit.cause
            WHEN 1 THEN decision.appeal IS NULL OR credit.amount_micro <> debit.amount_micro
            ELSE earned.week IS NULL OR credit.week < earned.week OR credit.amount_micro <> earned.amount_micro
                OR NOT EXISTS (
                    SELECT FROM inactivity.restorations due WHERE due.week = credit.week AND due.is_paid) END
        """;

    private const string EarnedSql = """
        SELECT earned.quarter, earned.participant, earned.week, earned.amount_micro, debit.amount_micro, book.document,
            statement.streak
        FROM inactivity.earned
        LEFT JOIN inactivity.debits debit USING (quarter, participant)
        LEFT JOIN inactivity.runs run ON run.quarter = earned.quarter AND run.days = 0
        LEFT JOIN economy.rule_books book ON book.version = run.rules_version
        LEFT JOIN weeks.statements statement
            ON statement.week = earned.week AND statement.participant = earned.participant
        ORDER BY earned.quarter, earned.participant
        """;

    public string Name => "I25";

    public string Statement =>
        "What a quarter takes, and all that is given back of it, is posted once, for what was decided, under the id of its cause.";

    public async IAsyncEnumerable<Violation> Check(
        Snapshot snapshot, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var violation in Moved(snapshot, cancellation))
        {
            yield return violation;
        }

        await using (var command = new NpgsqlCommand(DebitsSql, snapshot.Connection) { CommandTimeout = 0 })
        await using (var row = await command.ExecuteReaderAsync(cancellation))
        {
            while (await row.ReadAsync(cancellation))
            {
                yield return new(row.GetString(0), row.GetString(1), row.TextOrNull(2) ?? "none", row.GetString(3));
            }
        }

        await foreach (var violation in Earned(snapshot, cancellation))
        {
            yield return violation;
        }
    }

    private static async IAsyncEnumerable<Violation> Moved(
        Snapshot snapshot, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(MovedSql, snapshot.Connection) { CommandTimeout = 0 }
            .With((long)Fund.Rewards);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            var place = $"transaction {row.GetGuid(0)}";
            if (row.IntOrNull(1) is not { } number)
            {
                yield return new("ledger.transactions", place, "what it has taken or given back", "nothing says it");
                continue;
            }

            var (quarter, participant, cause) = (QuarterId.OfNumber(number), row.GetInt64(2), row.GetInt32(4));
            var table = cause == 0 ? "inactivity.debits" : "inactivity.credits";
            var ids = Ids(row, quarter, participant, cause);
            if (!ids.Contains(row.GetGuid(0)))
            {
                yield return new(table, place, $"id {ids[0]}, of its cause", row.GetGuid(0).ToString());
            }

            var micro = row.GetInt64(5);
            var expected = Shown(quarter.ToString(), participant, micro, -micro, 2);
            var found = await row.IsDBNullAsync(6, cancellation)
                ? "no such transaction"
                : Shown(row.GetString(6), row.GetInt64(7), row.GetInt64(8), row.GetInt64(9), row.GetInt64(10));
            if (expected != found)
            {
                yield return new(table, place, expected, found);
            }
        }
    }

    // Ours, and those of earlier builds.
    private static Guid[] Ids(NpgsqlDataReader row, QuarterId quarter, long participant, int cause) => cause switch
    {
        0 => [InactivityIds.Debit(quarter, participant, row.GetInt32(3))],
        1 =>
        [
            InactivityIds.AppealReturn(quarter, participant, row.IdOrNull(11) ?? Guid.Empty),
            InactivityIds.EarlierAppealReturn(quarter, participant),
        ],
        _ =>
        [
            InactivityIds.Restoration(quarter, participant, WeekId.OfNumber(row.GetInt32(12))),
            InactivityIds.EarlierRestoration(quarter, participant),
        ],
    };

    private static async IAsyncEnumerable<Violation> Earned(
        Snapshot snapshot, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(EarnedSql, snapshot.Connection) { CommandTimeout = 0 };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            var quarter = QuarterId.OfNumber(row.GetInt32(0));
            var place = $"{quarter}, participant {row.GetInt64(1)}";
            if (row.LongOrNull(4) is not { } debit || row.BytesOrNull(5) is not { } document
                || StoredRuleBooks.Read(document) is not { } book)
            {
                yield return new("inactivity.earned", place, "a debit, and the rules that it went by", "none");
                continue;
            }

            var restoration = Restoration.Of(InactivityTimetable.RunMonday(quarter), book.Inactivity.Restoration);
            var week = WeekId.OfNumber(row.GetInt32(2));
            var sum = restoration.IsEarned(week, row.IntOrNull(6)) ? restoration.Sum(new(debit)) : Amount.Zero;
            if (sum.Micro != row.GetInt64(3))
            {
                yield return new(
                    "inactivity.earned", place, $"{sum.Micro} micro in {week}",
                    row.GetInt64(3).ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    private static string Shown(string reference, long participant, long micro, long fund, long lines) => string.Create(
        CultureInfo.InvariantCulture,
        $"{reference}: participant {participant} {micro} micro, fund {fund} micro, {lines} lines");
}
