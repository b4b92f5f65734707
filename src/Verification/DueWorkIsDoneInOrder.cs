using Stk.Ledger.Sql;

namespace Stk.Verification;

internal sealed class DueWorkIsDoneInOrder() : SqlInvariant(
    "I15", "Days are emitted and weeks are run one after the other from genesis, each stage after the one before.", $$"""
    WITH genesis AS (SELECT (at AT TIME ZONE 'UTC')::date AS day FROM economy.genesis),
    emitted AS (
        SELECT reference::date AS day,
            coalesce(
                lag(reference::date) OVER (ORDER BY sequence, position) + 1,
                (SELECT day FROM genesis)) AS due
        FROM ledger.transactions WHERE kind = {{SqlTransactions.Emission}} AND reference ~ '^\d{4}-\d\d-\d\d$'),
    run AS (
        SELECT run.*, border.sealed_at, to_date(run.week::text, 'IYYYIW') AS monday,
            coalesce(
                lag(to_date(run.week::text, 'IYYYIW')) OVER (ORDER BY run.week) + 7,
                (SELECT date_trunc('week', day)::date FROM genesis)) AS due,
            lag(run.scored_at) OVER (ORDER BY run.week) AS scored_before, row_number() OVER (ORDER BY run.week) AS place
        FROM weeks.runs run LEFT JOIN activity.weeks border USING (week))
    SELECT 'ledger.transactions', format('emission %s', day),
        format('the emission of %s', coalesce(due::text, 'no day: there is no genesis')), 'it'
    FROM emitted WHERE day IS DISTINCT FROM due
    UNION ALL
    SELECT 'weeks.runs', format('week %s', week),
        format('the week of %s', coalesce(due::text, 'no day: there is no genesis')), 'it'
    FROM run WHERE monday IS DISTINCT FROM due
    UNION ALL
    SELECT 'activity.weeks', format('week %s', week), 'sealed after its end, and after the week before was scored',
        coalesce(sealed_at::text, 'not sealed')
    FROM run WHERE sealed_at IS NULL OR (sealed_at AT TIME ZONE 'UTC')::date < monday + 7
        OR (place > 1 AND (scored_before IS NULL OR sealed_at < scored_before))
    UNION ALL
    SELECT 'weeks.runs', format('week %s', week), 'aggregated, scored, reported, settled, in this order',
        format('scored %s, reported %s, settled %s', scored_at, reported_at, settled_at)
    FROM run WHERE (scored_at IS NOT NULL AND (seal_hash IS NULL OR scored_at < sealed_at))
        OR (reported_at IS NOT NULL AND (scored_at IS NULL OR reported_at < scored_at))
        OR (settled_at IS NOT NULL AND (reported_at IS NULL OR settled_at < reported_at))
    UNION ALL
    SELECT 'activity.weeks', format('week %s', week), 'a run: it is sealed', 'none'
    FROM activity.weeks border
    WHERE sealed_at IS NOT NULL AND NOT EXISTS (SELECT FROM weeks.runs WHERE runs.week = border.week)
    """);
