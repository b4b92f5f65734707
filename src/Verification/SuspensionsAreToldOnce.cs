using Stk.Rules.Notices;

namespace Stk.Verification;

// Its id is of the request that asked for it, which is not kept: by whom and when it was is the same.
internal sealed class SuspensionsAreToldOnce() : SqlInvariant(
    "I38", "Whoever was suspended was told of it once, and nobody else of anything like it.", $$"""
    WITH suspension AS (
        SELECT participant, at, told, count(*) OVER (PARTITION BY participant, at) AS number FROM suspensions.changes
        WHERE is_suspended),
    notice AS (
        SELECT id, participant, at, "values"::text AS said, transaction_id,
            count(*) OVER (PARTITION BY participant, at) AS number
        FROM notices.notices WHERE kind = '{{NoticeKinds.Suspended}}')
    SELECT 'notices.notices',
        CASE WHEN notice.id IS NOT NULL THEN format('notice %s', notice.id)
            ELSE format('suspension of participant %s at %s', suspension.participant, suspension.at) END,
        CASE WHEN suspension.participant IS NULL
            THEN format('a suspension of participant %s at %s', notice.participant, notice.at)
            ELSE 'one notice, {}, of no transaction' END,
        CASE WHEN suspension.participant IS NULL OR notice.id IS NULL THEN 'none'
            ELSE format('%s, %s, of %s', notice.number, notice.said,
                coalesce(notice.transaction_id::text, 'no transaction')) END
    FROM suspension FULL JOIN notice USING (participant, at)
    WHERE suspension.participant IS NULL
        OR CASE WHEN notice.id IS NULL THEN suspension.told
            ELSE notice.number <> suspension.number OR notice.said <> '{}' OR notice.transaction_id IS NOT NULL END
    """);
