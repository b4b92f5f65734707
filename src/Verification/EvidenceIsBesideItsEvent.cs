using Stk.Grains.Activity;

namespace Stk.Verification;

// An event of such a type from before evidence was taken is ignored, or of a weight of its own: it need say nothing.
internal sealed class EvidenceIsBesideItsEvent() : SqlInvariant(
    "I22", "All evidence that was taken says what its kind says, and nothing else says anything of an event.", $"""
    SELECT 'vesting.evidence',
        format('event %s of source %s', coalesce(event.uuid, said.uuid), coalesce(event.source_id, said.source_id)),
        coalesce(format('what a %s says', event.type), 'none: its event is no evidence'),
        CASE WHEN said.event IS NULL THEN 'none'
            ELSE format('of %s: approved %s, rating %s', said.event, said.approved, said.rating) END
    FROM (
        SELECT uuid, source_id, type, outcome FROM activity.events
        WHERE type IN ('PeerReviewWithdrawn', 'ProjectValidated', 'MentoringRated')
            AND outcome IN ({SqlOutcomes.Applied}, {SqlOutcomes.Late})) event
    FULL JOIN vesting.evidence said ON said.uuid = event.uuid AND said.source_id = event.source_id
    WHERE event.uuid IS NULL
        OR (said.event IS NULL AND event.outcome = {SqlOutcomes.Applied})
        OR (said.event IS NOT NULL
            AND (event.type = 'ProjectValidated', event.type = 'MentoringRated')
                <> (said.approved IS NOT NULL, said.rating IS NOT NULL))
    UNION ALL
    SELECT 'vesting.shards', format('%s rows', count(*)), '64', count(*)::text FROM vesting.shards HAVING count(*) <> 64
    UNION ALL
    SELECT 'weeks.grants', format('participant %s, week %s, %s, %s days', number, week, type, vests_days),
        format('shard %s', participant.shard), format('shard %s', granted.shard)
    FROM weeks.grants granted JOIN activity.participants participant ON participant.number = granted.participant
    WHERE granted.shard <> participant.shard
    """);
