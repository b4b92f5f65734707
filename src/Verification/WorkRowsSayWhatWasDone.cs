using Stk.Ledger.Sql;
using Stk.Rules.Runs;

namespace Stk.Verification;

// A row may be lost with the server: no commit waits for it. One that is there was written behind what it says.
internal sealed class WorkRowsSayWhatWasDone() : SqlInvariant(
    "I39", "What the schedule shows as done is done, and what it shows as skipped was skipped.", $"""
    WITH work AS (
        SELECT kind, subject, state,
            CASE WHEN kind IN ('{DueKinds.Emission}', '{DueKinds.Vesting}', '{DueKinds.Renewals}', '{DueKinds.Audit}')
                THEN subject::date END AS day,
            CASE WHEN kind LIKE 'week.%' THEN replace(subject, '-W', '')::integer END AS week,
            CASE WHEN kind LIKE 'inactivity.%' THEN replace(left(subject, 7), '-Q', '')::integer END AS quarter,
            CASE WHEN kind LIKE 'inactivity.%' THEN substr(subject, 9) END AS days
        FROM schedule.work),
    told AS (
        SELECT work.*, CASE kind
            WHEN '{DueKinds.Emission}' THEN subject IN (
                SELECT reference FROM ledger.transactions WHERE transactions.kind = {SqlTransactions.Emission})
            WHEN '{DueKinds.Vesting}' THEN (SELECT decided_to >= work.day FROM vesting.progress)
            WHEN '{DueKinds.Renewals}' THEN (SELECT done_to >= work.day FROM spending.renewal_progress)
            WHEN '{DueKinds.WeekAggregate}' THEN (SELECT seal_hash IS NOT NULL FROM weeks.runs WHERE runs.week = work.week)
            WHEN '{DueKinds.WeekScore}' THEN (SELECT scored_at IS NOT NULL FROM weeks.runs WHERE runs.week = work.week)
            WHEN '{DueKinds.WeekReport}' THEN (SELECT reported_at IS NOT NULL FROM weeks.runs WHERE runs.week = work.week)
            WHEN '{DueKinds.WeekSettle}' THEN (SELECT settled_at IS NOT NULL FROM weeks.runs WHERE runs.week = work.week)
            WHEN '{DueKinds.WeekNotify}' THEN EXISTS (SELECT FROM notices.weeks WHERE weeks.week = work.week)
            WHEN '{DueKinds.InactivityRun}' THEN (
                SELECT done_at IS NOT NULL FROM inactivity.runs WHERE runs.quarter = work.quarter AND runs.days = 0)
            WHEN '{DueKinds.InactivityWarning}' THEN (
                SELECT done_at IS NOT NULL FROM inactivity.runs
                WHERE runs.quarter = work.quarter AND runs.days::text = work.days)
            WHEN '{DueKinds.Audit}' THEN (SELECT fault IS NULL FROM schedule.audits WHERE audits.day = work.day)
            END AS is_done
        FROM work)
    SELECT 'schedule.work', kind || ' ' || subject, 'done', 'not done' FROM told WHERE state = 2 AND is_done IS NOT TRUE
    UNION ALL
    SELECT 'schedule.work', kind || ' ' || subject, 'an audit that has found a fault',
        CASE WHEN is_done THEN 'one that has found none' ELSE 'no audit' END
    FROM told WHERE state = 7 AND is_done IS DISTINCT FROM false
    UNION ALL
    SELECT 'schedule.work', coalesce(told.kind, skip.kind) || ' ' || coalesce(told.subject, skip.subject),
        CASE WHEN skip.kind IS NULL THEN 'not skipped: nobody has said so' ELSE 'skipped' END,
        coalesce('state ' || told.state, 'none')
    FROM (SELECT * FROM told WHERE state = 5) AS told FULL JOIN schedule.skips skip USING (kind, subject)
    WHERE told.kind IS NULL OR skip.kind IS NULL
    """);
