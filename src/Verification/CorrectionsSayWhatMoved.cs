using Npgsql;
using Stk.Ledger.Sql;
using Stk.Rules.Money;
using Stk.Storage.Sql;

namespace Stk.Verification;

// Its request, its entry in the log and its hash are looked at with those of all others.
internal sealed class CorrectionsSayWhatMoved() : SqlInvariant(
    "I28", "Each correction of a closed week moved its amount between the rewards fund and one participant, and makes a revision.",
    $"""
    WITH moved AS (
        SELECT transaction.id, transaction.reference,
            coalesce(sum(posting.amount_micro) FILTER (WHERE account.kind = {SqlAccounts.Available}), 0)::bigint AS micro,
            coalesce(sum(posting.amount_micro) FILTER (
                WHERE account.kind = {SqlAccounts.Fund} AND account.owner = $1), 0)::bigint AS fund,
            coalesce(max(account.owner) FILTER (WHERE account.kind = {SqlAccounts.Available}), 0) AS participant,
            count(*) AS lines
        FROM ledger.transactions transaction
        JOIN ledger.postings posting USING (sequence, position)
        JOIN ledger.accounts account ON account.id = posting.account_id
        WHERE transaction.kind = {SqlTransactions.Correction} GROUP BY transaction.id, transaction.reference),
    said AS (
        SELECT transaction_id AS id, format('%s-W%s', left(week::text, 4), right(week::text, 2)) AS reference,
            amount_micro AS micro, -amount_micro AS fund, participant, 2::bigint AS lines
        FROM weeks.corrections)
    SELECT 'weeks.corrections', format('transaction %s', id),
        CASE WHEN moved.id IS NULL THEN 'none: nothing has moved'
            ELSE format('%s of participant %s, %s of the fund, for %s, in %s lines',
                moved.micro, moved.participant, moved.fund, moved.reference, moved.lines) END,
        CASE WHEN said.id IS NULL THEN 'none'
            ELSE format('%s of participant %s, %s of the fund, for %s, in %s lines',
                said.micro, said.participant, said.fund, said.reference, said.lines) END
    FROM said FULL JOIN moved USING (id)
    WHERE (said.reference, said.micro, said.fund, said.participant, said.lines)
        IS DISTINCT FROM (moved.reference, moved.micro, moved.fund, moved.participant, moved.lines)
    UNION ALL
    SELECT 'weeks.corrections', format('week %s, participant %s', week, participant),
        format('revision %s', 1 + row_number() OVER (
            PARTITION BY week, participant ORDER BY transaction.sequence, transaction.position)),
        format('revision %s', revision)
    FROM weeks.corrections JOIN ledger.transactions transaction ON transaction.id = transaction_id
    WHERE (week, participant) IN (
        SELECT week, participant FROM (
            SELECT week, participant, revision, 1 + row_number() OVER (
                PARTITION BY week, participant ORDER BY transaction.sequence, transaction.position) AS place
            FROM weeks.corrections JOIN ledger.transactions transaction ON transaction.id = transaction_id) AS placed
        WHERE revision <> place)
    UNION ALL
    SELECT 'weeks.corrections', format('week %s, participant %s', correction.week, correction.participant),
        'of a week that was settled before', coalesce(format('settled at %s', run.settled_at), 'not settled')
    FROM weeks.corrections correction LEFT JOIN weeks.runs run USING (week)
    WHERE run.settled_at IS NULL OR run.settled_at > correction.at
    UNION ALL
    SELECT 'weeks.corrections', format('week %s, participant %s', correction.week, correction.participant),
        CASE WHEN statement.week IS NULL THEN 'the level, as there is no statement'
            ELSE 'no level: it is the statement''s' END,
        coalesce(format('level %s', correction.level), 'none')
    FROM weeks.corrections correction LEFT JOIN weeks.statements statement USING (week, participant)
    WHERE (statement.week IS NULL) <> (correction.level IS NOT NULL)
    UNION ALL
    SELECT 'notices.notices', format('correction %s', correction.transaction_id), 'its participant is told', 'no notice'
    FROM weeks.corrections correction
    WHERE NOT EXISTS (
        SELECT FROM notices.notices notice
        WHERE notice.transaction_id = correction.transaction_id AND notice.participant = correction.participant
            AND notice.kind = 'correction')
    """)
{
    protected override void AddParameters(NpgsqlCommand command) => command.With((long)Fund.Rewards);
}
