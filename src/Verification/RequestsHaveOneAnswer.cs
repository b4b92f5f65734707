using Stk.Grains.Treasury;

namespace Stk.Verification;

// A request that is done and has no transaction asked for something that waits, or decided on what moves nothing. Of
// decisions from before the desk no row says which request it was: they are counted; what was asked for then and has been
// paid since has its row among the spendings alone.
internal sealed class RequestsHaveOneAnswer() : SqlInvariant(
    "I14", "Each request has done what it was answered: what was refused did nothing, what was done is there.", $"""
    SELECT 'spending.requests', format('id %s', request.id), 'no transaction of a refused id',
        format('sequence %s, position %s', sequence, position)
    FROM spending.requests request JOIN ledger.transactions transaction ON transaction.id = request.id
    WHERE request.refusal IS NOT NULL
    UNION ALL
    SELECT 'spending.requests', format('id %s', request.id),
        format('the transaction %s that it made', request.transaction_id), 'none'
    FROM spending.requests request
    WHERE transaction_id IS NOT NULL
        AND NOT EXISTS (SELECT FROM ledger.transactions transaction WHERE transaction.id = request.transaction_id)
    UNION ALL
    SELECT 'spending.requests', format('transaction %s', done.id), 'the request that was answered by it', 'none'
    FROM (
        SELECT id FROM spending.transfers
        UNION ALL
        SELECT id FROM spending.purchases purchase
        -- What renews was asked for by nobody, on its day.
        WHERE NOT EXISTS (SELECT FROM spending.renewal_attempts attempt WHERE attempt.transaction_id = purchase.id)
        UNION ALL SELECT id FROM spending.refunds
        UNION ALL SELECT transaction_id FROM spending.fund_spends WHERE state = {SqlFundSpends.Paid}
        UNION ALL SELECT transaction_id FROM weeks.corrections
        UNION ALL SELECT transaction_id FROM inactivity.decisions WHERE transaction_id IS NOT NULL) AS done
    WHERE NOT EXISTS (SELECT FROM spending.requests request WHERE request.transaction_id = done.id)
    UNION ALL
    SELECT 'spending.fund_spends', format('id %s', spend.id), 'the request that asked for it', 'none, or a refused one'
    FROM spending.fund_spends spend LEFT JOIN spending.requests request ON request.id = spend.id AND refusal IS NULL
    WHERE request.id IS NULL
    UNION ALL
    SELECT 'spending.fund_spends', format('id %s', spend.id), format('paid by transaction %s', transaction_id),
        'no such transaction'
    FROM spending.fund_spends spend
    WHERE state = {SqlFundSpends.Paid}
        AND NOT EXISTS (SELECT FROM ledger.transactions transaction WHERE transaction.id = spend.transaction_id)
    UNION ALL
    SELECT 'inactivity.decisions', format('appeal %s', decision.appeal), 'the request that decided it',
        'none, or a refused one'
    FROM inactivity.decisions decision
    LEFT JOIN spending.requests request ON request.id = decision.decided_in AND refusal IS NULL
    WHERE request.id IS NULL
    UNION ALL
    SELECT 'approvals.decisions', format('of %s', decision.request), 'the request that decided it', 'none, or a refused one'
    FROM approvals.decisions decision
    LEFT JOIN spending.requests request ON request.id = decision.decided_in AND refusal IS NULL
    WHERE decision.decided_in IS NOT NULL AND request.id IS NULL
    UNION ALL
    SELECT 'spending.requests', 'those that have made no transaction', format('%s decisions', decided), format('%s', made)
    FROM (SELECT count(*) AS decided FROM approvals.decisions WHERE decided_in IS NULL) AS decisions,
        (SELECT count(*) AS made FROM spending.requests request
            WHERE refusal IS NULL AND transaction_id IS NULL
                AND NOT EXISTS (SELECT FROM approvals.requests asked WHERE asked.id = request.id)
                AND NOT EXISTS (SELECT FROM spending.fund_spends spend WHERE spend.id = request.id)
                AND NOT EXISTS (SELECT FROM approvals.decisions decision WHERE decision.decided_in = request.id)
                AND NOT EXISTS (SELECT FROM inactivity.decisions WHERE decided_in = request.id)) AS requests
    WHERE decided <> made
    """);
