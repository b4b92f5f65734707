namespace Stk.Verification;

internal sealed class MergesAreWhole() : SqlInvariant(
    "I54", "A merge has made all ids of one participant another's at once, and gives them back where it is undone.", """
    SELECT 'activity.merges', format('merge %s', merge.id),
        format('%s links to %s in one week, the merged one''s too', merge.identities, merge.survivor),
        format('%s links', made.links)
    FROM activity.merges merge
    CROSS JOIN LATERAL (
        SELECT count(*) AS links, count(DISTINCT identity) AS identities, count(DISTINCT after_week) AS weeks,
            coalesce(bool_or(identity = merge.merged), false) AS has_merged
        FROM activity.links link WHERE link.merge = merge.id AND link.survivor = merge.survivor) AS made
    WHERE made.links <> merge.identities OR made.identities <> merge.identities OR made.weeks <> 1 OR NOT made.has_merged
    UNION ALL
    SELECT 'activity.merges', format('merge %s', merge.id),
        CASE WHEN merge.undone_at IS NULL THEN 'none given back' ELSE 'the merged one given back' END,
        format('%s links', back.links)
    FROM activity.merges merge
    CROSS JOIN LATERAL (
        SELECT count(*) AS links, count(*) FILTER (WHERE identity = merge.merged) AS own,
            count(*) FILTER (WHERE survivor <> merge.merged) AS strange
        FROM activity.links link WHERE link.merge = merge.id AND link.survivor <> merge.survivor) AS back
    WHERE back.strange > 0 OR back.own <> CASE WHEN merge.undone_at IS NULL THEN 0 ELSE 1 END
        OR merge.undone_at IS NULL AND back.links > 0
    """);
