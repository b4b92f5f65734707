using Stk.Ledger.Sql;

namespace Stk.Verification;

// Between a decision and its payment a silo may die: until the next day's run is done it may wait. Fund 1 is rewards.
internal sealed class DecisionsArePaidOutOnce() : SqlInvariant(
    "I23", "Each decision about a frozen reward is paid out once, for what was decided, and all that is open is frozen.", $"""
    WITH decision AS (
        SELECT decision.*, coalesce(spend.fund, 1)::bigint AS fund,
            CASE WHEN decision.granted IS NULL
                THEN format('week %s, %s, %s days', decision.week, decision.type, decision.vests_days)
                ELSE format('transaction %s', decision.granted) END AS what
        FROM vesting.decisions decision LEFT JOIN spending.fund_spends spend ON spend.transaction_id = decision.granted),
    said AS (
        SELECT transaction_id AS id, {SqlAccounts.Frozen} AS kind, participant AS owner,
            -(released_micro + cancelled_micro) AS micro
        FROM decision WHERE sequence IS NOT NULL
        UNION ALL
        SELECT transaction_id, {SqlAccounts.Available}, participant, released_micro
        FROM decision WHERE sequence IS NOT NULL AND released_micro <> 0
        UNION ALL
        SELECT transaction_id, {SqlAccounts.Fund}, fund, cancelled_micro
        FROM decision WHERE sequence IS NOT NULL AND cancelled_micro <> 0),
    moved AS (
        SELECT transaction.id, account.kind::integer AS kind, account.owner, sum(posting.amount_micro) AS micro
        FROM ledger.transactions transaction
        JOIN ledger.postings posting USING (sequence, position)
        JOIN ledger.accounts account ON account.id = posting.account_id
        WHERE transaction.kind IN ({SqlTransactions.VestingUnlock}, {SqlTransactions.VestingCancel})
        GROUP BY transaction.id, account.kind, account.owner),
    held AS (
        SELECT 'weeks.grants' AS rows,
            format('participant %s, week %s, %s, %s days', granted.participant, week, type, vests_days) AS what,
            granted.participant, granted.amount_micro, granted.unlocks_on, granted.decided_on,
            decision.decided_on AS said_on, decision.released_micro, decision.cancelled_micro,
            decision.sequence IS NULL AS is_unpaid
        FROM weeks.grants granted LEFT JOIN decision USING (participant, week, type, vests_days)
        UNION ALL
        SELECT 'spending.fund_grants', format('transaction %s', granted.transaction_id), granted.participant,
            granted.amount_micro, granted.unlocks_on, granted.decided_on, decision.decided_on, decision.released_micro,
            decision.cancelled_micro, decision.sequence IS NULL
        FROM spending.fund_grants granted LEFT JOIN decision ON decision.granted = granted.transaction_id),
    open AS (SELECT participant AS owner, sum(amount_micro) AS micro FROM held WHERE is_unpaid GROUP BY participant),
    frozen AS (
        SELECT owner, balance_micro AS micro FROM ledger.accounts WHERE kind = {SqlAccounts.Frozen} AND balance_micro <> 0)
    SELECT 'ledger.transactions', format('transaction %s', id),
        format('%s micro moved of account %s:%s, as was decided', coalesce(said.micro, 0), kind, owner),
        coalesce(moved.micro, 0)::text
    FROM said FULL JOIN moved USING (id, kind, owner) WHERE said.micro IS DISTINCT FROM moved.micro
    UNION ALL
    SELECT 'ledger.transactions', format('transaction %s', id),
        CASE WHEN released_micro > 0 THEN 'vesting_unlock: something is released'
            ELSE 'vesting_cancel: all is cancelled' END,
        format('kind %s', transaction.kind)
    FROM ledger.transactions transaction JOIN decision ON decision.transaction_id = transaction.id
    WHERE transaction.kind <> CASE WHEN released_micro > 0 THEN {SqlTransactions.VestingUnlock}
        ELSE {SqlTransactions.VestingCancel} END
    UNION ALL
    SELECT rows, what, coalesce('decided on ' || said_on, 'open: there is no decision'),
        coalesce('decided on ' || decided_on, 'open')
    FROM held WHERE decided_on IS DISTINCT FROM said_on
    UNION ALL
    SELECT 'vesting.decisions', what, format('%s micro in all', amount_micro),
        (released_micro + cancelled_micro)::text
    FROM held WHERE released_micro + cancelled_micro <> amount_micro
    UNION ALL
    SELECT 'vesting.decisions', format('transaction %s', decision.granted),
        format('all of it released, on %s or later, or all cancelled by an operator', granted.unlocks_on),
        format('%s released, %s cancelled on %s, reason %s', released_micro, cancelled_micro, decision.decided_on, reason)
    FROM decision JOIN spending.fund_grants granted ON granted.transaction_id = decision.granted
    WHERE (released_micro > 0 AND (cancelled_micro > 0 OR decision.decided_on < granted.unlocks_on))
        OR (cancelled_micro > 0 AND reason <> 3)
    UNION ALL
    SELECT rows, what, format('decided: the run of %s is done', progress.decided_to), 'open'
    FROM held CROSS JOIN vesting.progress progress
    WHERE rows = 'spending.fund_grants' AND said_on IS NULL AND unlocks_on <= progress.decided_to
    UNION ALL
    SELECT 'vesting.decisions', format('participant %s, %s', participant, what),
        format('paid out: the run of %s is done', progress.decided_to), 'not paid out'
    FROM decision CROSS JOIN vesting.progress progress
    WHERE decision.sequence IS NULL AND decision.decided_on < progress.decided_to
    UNION ALL
    SELECT 'ledger.accounts', format('frozen of participant %s', owner),
        format('%s micro: the sum of what is open', coalesce(open.micro, 0)), coalesce(frozen.micro, 0)::text
    FROM open FULL JOIN frozen USING (owner) WHERE open.micro IS DISTINCT FROM frozen.micro
    """);
