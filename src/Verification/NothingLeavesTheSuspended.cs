using Stk.Ledger.Sql;

namespace Stk.Verification;

// By the journal's own order: a suspension knows the commit after which it is in force, since the journal waited for it.
// What an operator takes back by a refund is no spending of the person's.
internal sealed class NothingLeavesTheSuspended() : SqlInvariant(
    "I26", "Of nobody who was suspended anything was paid or taken in any commit from then on, until it was lifted.", $"""
    WITH suspension AS (
        SELECT participant, is_suspended, after_sequence AS first,
            lead(after_sequence) OVER (PARTITION BY participant ORDER BY number) AS last
        FROM suspensions.changes)
    SELECT 'ledger.postings', format('transaction %s', transaction.id),
        format('nothing paid by participant %s after commit %s', suspension.participant, suspension.first),
        format('%s micro in commit %s', posting.amount_micro, posting.sequence)
    FROM suspension
    JOIN ledger.accounts account ON account.kind = {SqlAccounts.Available} AND account.owner = suspension.participant
    JOIN ledger.postings posting ON posting.account_id = account.id AND posting.amount_micro < 0
        AND posting.sequence > suspension.first AND (suspension.last IS NULL OR posting.sequence <= suspension.last)
    JOIN ledger.transactions transaction
        ON transaction.sequence = posting.sequence AND transaction.position = posting.position
    WHERE suspension.is_suspended AND transaction.kind IN (
        {SqlTransactions.Transfer}, {SqlTransactions.Purchase}, {SqlTransactions.Redistribution},
        {SqlTransactions.Correction}, {SqlTransactions.Withdrawal})
    ORDER BY posting.sequence, posting.position
    """);
