using Stk.Ledger.Sql;

namespace Stk.Verification;

internal sealed class PaidAndLeftIsReserved() : SqlInvariant(
    "I10", "What a week reserved is what it paid and what it gave back, and its account ends at zero.", $"""
    WITH moved AS (
        SELECT account.owner AS week, account.balance_micro AS left_micro,
            coalesce(sum(posting.amount_micro) FILTER (
                WHERE transaction.kind = {SqlTransactions.WeekReserve}), 0) AS reserved,
            coalesce(-sum(posting.amount_micro) FILTER (
                WHERE transaction.kind = {SqlTransactions.WeekReward}), 0) AS paid,
            coalesce(sum(posting.amount_micro) FILTER (WHERE transaction.kind NOT IN (
                {SqlTransactions.WeekReserve}, {SqlTransactions.WeekReward}, {SqlTransactions.WeekReturn})), 0) AS other
        FROM ledger.accounts account
        JOIN ledger.postings posting ON posting.account_id = account.id
        JOIN ledger.transactions transaction
            ON transaction.sequence = posting.sequence AND transaction.position = posting.position
        WHERE account.kind = {SqlAccounts.Week} GROUP BY account.owner, account.balance_micro),
    shown AS (SELECT week, sum(available_micro + frozen_micro) AS paid FROM weeks.settlements GROUP BY week),
    held AS (
        SELECT coalesce(run.week, moved.week) AS week, run.week AS run_week, run.reserved_micro, run.paid_micro,
            run.scored_at, run.settled_at, coalesce(moved.left_micro, 0) AS left_micro,
            coalesce(moved.reserved, 0) AS reserved,
            coalesce(moved.paid, 0) AS paid, coalesce(moved.other, 0) AS other, coalesce(shown.paid, 0) AS shown
        FROM weeks.runs run FULL JOIN moved ON moved.week = run.week
        LEFT JOIN shown ON shown.week = coalesce(run.week, moved.week))
    SELECT 'weeks.runs', format('week %s', week), 'a run: its account has moved', 'none' FROM held WHERE run_week IS NULL
    UNION ALL
    SELECT 'weeks.runs', format('week %s', week), format('reserved %s, as posted', reserved),
        coalesce(reserved_micro, 0)::text
    FROM held WHERE scored_at IS NOT NULL AND coalesce(reserved_micro, 0) <> reserved
    UNION ALL
    SELECT 'weeks.runs', format('week %s', week), format('paid %s, as posted', paid), coalesce(paid_micro, 0)::text
    FROM held WHERE settled_at IS NOT NULL AND coalesce(paid_micro, 0) <> paid
    UNION ALL
    SELECT 'weeks.settlements', format('week %s', week), format('%s, as posted', paid), shown::text
    FROM held WHERE shown <> paid
    UNION ALL
    SELECT 'ledger.accounts', format('week %s', week), '0 at the end', left_micro::text
    FROM held WHERE settled_at IS NOT NULL AND left_micro <> 0
    UNION ALL
    SELECT 'ledger.postings', format('week %s', week), 'nothing but reserve, rewards and return', other::text
    FROM held WHERE other <> 0
    """);
