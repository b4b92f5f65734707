namespace Stk.Verification;

// Replies of decisions: 1 done. Outcomes of attempts: 1 landed, 3 expired. What an operator has paused one operator ends.
internal sealed class SettlementIsSteeredByTwo() : SqlInvariant(
    "I42", "Payouts are held as their pause says, what two must end two have ended, and what operators have resolved has its approval and evidence.", """
    WITH approved AS (
        SELECT request.id, request.kind, request.subject, request.asked_by, decision.by
        FROM approvals.requests request JOIN approvals.decisions decision ON decision.request = request.id
        WHERE decision.is_approved),
    standing AS (SELECT because, since FROM settlement.pauses WHERE ended_at IS NULL)
    SELECT 'settlement.state', 'pause', coalesce(format('%s since %s', standing.because, standing.since), 'none'),
        coalesce(format('%s since %s', state.paused_because, state.paused_since), 'none')
    FROM settlement.state LEFT JOIN standing ON true
    WHERE (state.paused_because, state.paused_since) IS DISTINCT FROM (standing.because, standing.since)
    UNION ALL
    SELECT 'settlement.pauses', format('pause %s', number), 'ended by two persons',
        coalesce(pause.approval::text, 'no approval')
    FROM settlement.pauses pause
    WHERE ended_at IS NOT NULL AND (because <> 1 OR pause.approval IS NOT NULL) AND NOT EXISTS (
        SELECT FROM approved WHERE approved.id = pause.approval AND approved.kind = 'settlement.resume'
            AND approved.by = pause.ended_by)
    UNION ALL
    SELECT 'settlement.decisions', format('approval %s', decision.approval), 'asked for and approved by these two', 'not so'
    FROM settlement.decisions decision
    WHERE NOT EXISTS (
        SELECT FROM approved WHERE approved.id = decision.approval AND approved.kind = 'settlement.resolve'
            AND approved.subject = decision.act::text AND approved.asked_by = decision.asked_by
            AND approved.by = decision.approved_by)
    UNION ALL
    SELECT 'settlement.decisions', format('approval %s', decision.approval), 'an attempt that has ended so, with evidence',
        'none'
    FROM settlement.decisions decision
    WHERE decision.reply = 1 AND NOT EXISTS (
        SELECT FROM settlement.attempts attempt WHERE attempt.act = decision.act AND attempt.evidence IS NOT NULL
            AND attempt.outcome = CASE WHEN decision.signature IS NULL THEN 3 ELSE 1 END)
    UNION ALL
    SELECT 'settlement.attempts', format('act %s, attempt %s', attempt.act, attempt.number), 'a decision of two persons',
        attempt.evidence ->> 'by'
    FROM settlement.attempts attempt
    WHERE attempt.evidence ->> 'by' IS NOT NULL AND NOT EXISTS (
        SELECT FROM settlement.decisions decision WHERE decision.act = attempt.act AND decision.reply = 1
            AND strpos(attempt.evidence ->> 'by', decision.approval::text) > 0)
    """);
