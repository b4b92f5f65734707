namespace Stk.Verification;

// Kinds of acts: 6 a return. States of acts: 4 landed, 5 failed; of deposits: 4 going back, 5 sent back.
internal sealed class ReturnsGoBackOnce() : SqlInvariant(
    "I49", "Each deposit that goes back does so by one approved act, of its amount and to whom it came from, and is sent back where that has landed.", """
    WITH returns AS (
        SELECT asked.id, asked.deposit, asked.wallet, asked.amount_micro, act.state, act.is_closed, act.landed_signature,
            act.plan ->> 'wallet' AS planned
        FROM settlement.asked_acts asked LEFT JOIN settlement.acts act USING (id) WHERE asked.kind = 6)
    SELECT 'settlement.deposits', format('deposit %s', deposit.id),
        format('%s micro go back to %s by one act', deposit.amount_micro, coalesce(deposit.sender, 'nobody')),
        coalesce(format('%s micro to %s', found.amount_micro, found.wallet), 'by none')
    FROM settlement.deposits deposit LEFT JOIN returns found ON found.id = deposit.approval
    WHERE deposit.state IN (4, 5) AND (found.deposit, found.amount_micro, found.wallet)
        IS DISTINCT FROM (deposit.id, deposit.amount_micro, deposit.sender)
    UNION ALL
    SELECT 'settlement.deposits', format('deposit %s', deposit.id),
        coalesce('sent back by ' || CASE found.state WHEN 4 THEN found.landed_signature END, 'not sent back'),
        coalesce('sent back by ' || deposit.returned_by, 'not sent back')
    FROM settlement.deposits deposit JOIN returns found ON found.id = deposit.approval
    WHERE (deposit.state = 5 OR found.is_closed)
        AND deposit.returned_by IS DISTINCT FROM CASE found.state WHEN 4 THEN found.landed_signature END
    UNION ALL
    SELECT 'settlement.asked_acts', format('act %s', found.id), format('deposit %s goes back by it', found.deposit),
        'another way, or not'
    FROM returns found LEFT JOIN settlement.deposits deposit ON deposit.approval = found.id AND deposit.state IN (4, 5)
    WHERE found.state IS DISTINCT FROM 5 AND deposit.id IS DISTINCT FROM found.deposit
    UNION ALL
    SELECT 'settlement.acts', format('act %s', found.id), format('to %s', found.wallet), format('to %s', found.planned)
    FROM returns found WHERE found.state IS NOT NULL AND found.planned IS DISTINCT FROM found.wallet
    """);
