using Stk.Ledger.Sql;

namespace Stk.Verification;

internal sealed class WeekEffectsSayWhatMoved() : SqlInvariant(
    "I16", "The weeks' payments and grants say what their transactions moved.", $"""
    WITH moved AS (
        SELECT transaction.id,
            coalesce(sum(posting.amount_micro) FILTER (WHERE account.kind = {SqlAccounts.Available}), 0) AS available,
            coalesce(sum(posting.amount_micro) FILTER (WHERE account.kind = {SqlAccounts.Frozen}), 0) AS frozen
        FROM ledger.transactions transaction
        JOIN ledger.postings posting USING (sequence, position)
        JOIN ledger.accounts account ON account.id = posting.account_id
        WHERE transaction.kind = {SqlTransactions.WeekReward} GROUP BY transaction.id),
    granted AS (SELECT transaction_id AS id, sum(amount_micro) AS frozen FROM weeks.grants GROUP BY transaction_id)
    SELECT 'weeks.settlements',
        CASE WHEN payment.week IS NULL THEN format('transaction %s', moved.id)
            ELSE format('week %s, shard %s, part %s', week, shard, part) END,
        CASE WHEN moved.id IS NULL THEN 'no row: no reward was posted'
            ELSE format('%s available, %s frozen', moved.available, moved.frozen) END,
        CASE WHEN payment.week IS NULL THEN 'none'
            ELSE format('%s available, %s frozen', available_micro, frozen_micro) END
    FROM moved FULL JOIN weeks.settlements payment ON payment.transaction_id = moved.id
    WHERE (moved.available, moved.frozen) IS DISTINCT FROM (payment.available_micro::numeric, payment.frozen_micro::numeric)
    UNION ALL
    SELECT 'weeks.grants', format('transaction %s', moved.id), moved.frozen::text, coalesce(granted.frozen, 0)::text
    FROM moved LEFT JOIN granted USING (id) WHERE moved.frozen <> coalesce(granted.frozen, 0)
    """);
