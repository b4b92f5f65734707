using Stk.Ledger.Sql;

namespace Stk.Verification;

// Fund 2 is the treasury. States of deposits: 1 credited, 2 in suspense, 3 assigned, 4 going back, 5 sent back.
internal sealed class DepositsAreTheirTransactions() : SqlInvariant(
    "I44", "Each deposit and each covered difference has its transactions, which move what it says, and each of these has its row.", $"""
    WITH due AS (
        SELECT id, {SqlAccounts.Chain} AS kind, 0 AS owner, -amount_micro AS micro FROM settlement.deposits
        UNION ALL
        SELECT id, CASE state WHEN 1 THEN {SqlAccounts.Available} ELSE {SqlAccounts.ChainSuspense} END,
            CASE state WHEN 1 THEN participant ELSE 0 END, amount_micro
        FROM settlement.deposits
        UNION ALL
        SELECT ended_by, {SqlAccounts.ChainSuspense}, 0, -amount_micro FROM settlement.deposits WHERE state IN (3, 5)
        UNION ALL
        SELECT ended_by, CASE state WHEN 3 THEN {SqlAccounts.Available} ELSE {SqlAccounts.Chain} END,
            CASE state WHEN 3 THEN participant ELSE 0 END, amount_micro
        FROM settlement.deposits WHERE state IN (3, 5)
        UNION ALL
        SELECT covered_by, {SqlAccounts.Fund}, 2, -amount_micro FROM settlement.differences WHERE covered_by IS NOT NULL
        UNION ALL
        SELECT covered_by, {SqlAccounts.Chain}, 0, amount_micro FROM settlement.differences WHERE covered_by IS NOT NULL),
    moved AS (
        SELECT transaction.id, account.kind::integer AS kind, account.owner, posting.amount_micro AS micro
        FROM ledger.transactions transaction
        JOIN ledger.postings posting USING (sequence, position)
        JOIN ledger.accounts account ON account.id = posting.account_id
        WHERE transaction.kind IN ({SqlTransactions.Deposit}, {SqlTransactions.Cover}))
    SELECT 'settlement.deposits', format('transaction %s', id),
        format('%s micro moved of account %s:%s', coalesce(moved.micro, 0), kind, owner), coalesce(due.micro, 0)::text
    FROM due FULL JOIN moved USING (id, kind, owner)
    WHERE due.micro IS DISTINCT FROM moved.micro
    """);
