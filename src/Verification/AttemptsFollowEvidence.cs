namespace Stk.Verification;

// States of acts: 1 planned, 2 signed, 3 sent, 4 finalized, 5 failed, 6 uncertain, 7 expired. Outcomes of attempts: 3 is
// expired. The schema forbids most of it: this looks at what stands, whoever has written it.
internal sealed class AttemptsFollowEvidence() : SqlInvariant(
    "I33", "No attempt was sent that was not stored, no two of an act can land, and a later one follows evidence that the former cannot.", """
    WITH attempt AS (
        SELECT act, number, signature, sent_at, outcome, evidence,
            row_number() OVER of_act AS place, lead(number) OVER of_act IS NULL AS is_last
        FROM settlement.attempts WINDOW of_act AS (PARTITION BY act ORDER BY number))
    SELECT 'settlement.attempts', format('act %s, attempt %s', act, number), format('attempt %s', place), 'another number'
    FROM attempt WHERE place <> number
    UNION ALL
    SELECT 'settlement.attempts', format('act %s, attempt %s', act, number), 'expired, by evidence, before another one',
        CASE WHEN evidence IS NULL THEN 'no evidence' ELSE format('outcome %s', coalesce(outcome::text, 'open')) END
    FROM attempt WHERE NOT is_last AND (outcome IS DISTINCT FROM 3 OR evidence IS NULL)
    UNION ALL
    SELECT 'settlement.attempts', format('act %s, attempt %s', act, number), 'evidence of its outcome', 'none'
    FROM attempt WHERE is_last AND outcome IS NOT NULL AND evidence IS NULL
    UNION ALL
    SELECT 'settlement.acts', format('act %s', act.id), 'a last attempt as its state has it',
        format('state %s, and %s', act.state, CASE WHEN last.act IS NULL THEN 'no attempt'
            ELSE format('attempt %s with outcome %s, sent %s', last.number, coalesce(last.outcome::text, 'open'),
                coalesce(last.sent_at::text, 'never')) END)
    FROM settlement.acts act LEFT JOIN attempt last ON last.act = act.id AND last.is_last
    WHERE NOT CASE act.state
        WHEN 1 THEN last.act IS NULL
        WHEN 2 THEN last.act IS NOT NULL AND last.outcome IS NULL
        WHEN 3 THEN last.act IS NOT NULL AND last.outcome IS NULL AND last.sent_at IS NOT NULL
        WHEN 4 THEN last.act IS NOT NULL AND last.sent_at IS NOT NULL
        WHEN 5 THEN last.act IS NULL OR coalesce(last.outcome IN (2, 3), false)
        WHEN 6 THEN last.act IS NOT NULL AND last.outcome IS NULL AND last.sent_at IS NOT NULL
        ELSE last.act IS NOT NULL AND last.outcome IS NOT DISTINCT FROM 3 END
    UNION ALL
    SELECT 'settlement.acts', format('act %s', act.id), 'landed by an attempt that is stored', act.landed_signature
    FROM settlement.acts act
    WHERE act.landed_signature IS NOT NULL AND NOT EXISTS (
        SELECT FROM settlement.attempts stored WHERE stored.act = act.id AND stored.signature = act.landed_signature)
    """);
