using Stk.Ledger.Sql;

namespace Stk.Verification;

// Kinds of acts: 2 mint, 3 refill, 4 burn, 5 memo, 6 a return. States: 5 failed. Outcomes of attempts: 1 landed.
// What has a nonce was signed by the holder of a key.
internal sealed class ActsAreTheLedgers() : SqlInvariant(
    "I43", "Each act that pays nobody was asked for and approved as it is planned, lands once, and no more is minted or burned on chain than the ledger has issued and burned.", $"""
    WITH final AS (
        SELECT asked.kind, coalesce(sum(asked.amount_micro), 0) AS micro
        FROM settlement.asked_acts asked LEFT JOIN settlement.acts act USING (id)
        WHERE asked.approved_at IS NOT NULL AND act.state IS DISTINCT FROM 5 GROUP BY asked.kind),
    bound AS (
        SELECT * FROM (VALUES (2, 'minted', 'issued', {SqlAccounts.Issuance}), (4, 'burned', 'burned', {SqlAccounts.Burned}))
            AS of_kind (kind, done, known, account))
    SELECT 'settlement.acts', bound.done, format('at most %s micro, as %s', held.micro, bound.known),
        format('%s micro', final.micro)
    FROM bound JOIN final ON final.kind = bound.kind CROSS JOIN LATERAL (
        SELECT coalesce(sum(abs(balance_micro)), 0) AS micro FROM ledger.accounts WHERE kind = bound.account) AS held
    WHERE final.micro > held.micro
    UNION ALL
    SELECT 'settlement.asked_acts', format('act %s', asked.id), 'approved by another person', 'not so'
    FROM settlement.asked_acts asked
    WHERE asked.approved_at IS NOT NULL AND asked.week IS NULL AND NOT EXISTS (
        SELECT FROM approvals.requests request JOIN approvals.decisions decision ON decision.request = request.id
        WHERE request.id = asked.id AND request.kind = CASE asked.kind WHEN 6 THEN 'settlement.return' ELSE 'chain.act' END
            AND decision.is_approved AND decision.person <> request.person)
    UNION ALL
    SELECT 'settlement.asked_acts', format('act %s', asked.id), 'the root of its week', asked.text
    FROM settlement.asked_acts asked JOIN weeks.anchors anchor USING (week)
    WHERE asked.text NOT LIKE format('stk:week:%s-W%s:%s:%%', asked.week / 100, lpad((asked.week % 100)::text, 2, '0'),
        encode(anchor.root, 'hex'))
    UNION ALL
    SELECT 'settlement.acts', format('act %s', act.id), coalesce(
            format('kind %s, %s', asked.kind, coalesce(asked.amount_micro::text, asked.text)), 'asked for and approved'),
        format('kind %s, %s', act.kind, coalesce(planned.micro::text, act.plan ->> 'memo', 'nothing'))
    FROM settlement.acts act CROSS JOIN LATERAL (
        SELECT sum((move ->> 'amountMicro')::numeric) AS micro
        FROM json_array_elements(act.plan -> 'moves') AS move) AS planned
    LEFT JOIN settlement.asked_acts asked ON asked.id = act.id AND asked.approved_at IS NOT NULL
    WHERE act.kind <> 1 AND (asked.kind, asked.amount_micro::numeric, asked.text)
        IS DISTINCT FROM (act.kind, planned.micro, act.plan ->> 'memo')
    UNION ALL
    SELECT 'settlement.attempts', format('act %s, attempt %s', attempt.act, attempt.number),
        'as the key''s holder has signed it',
        CASE WHEN signed.act IS NULL THEN 'nobody has' ELSE 'other bytes' END
    FROM settlement.attempts attempt
    LEFT JOIN settlement.hand_signatures signed ON signed.act = attempt.act AND signed.number = attempt.number
    WHERE attempt.nonce_account IS NOT NULL AND (signed.bytes, signed.nonce_account, signed.value)
        IS DISTINCT FROM (attempt.bytes, attempt.nonce_account, attempt.value)
    UNION ALL
    SELECT 'settlement.attempts', format('act %s', attempt.act), 'landed once', format('%s times', count(*))
    FROM settlement.attempts attempt JOIN settlement.acts act ON act.id = attempt.act AND act.kind <> 1
    WHERE attempt.outcome = 1 GROUP BY attempt.act HAVING count(*) > 1
    """);
