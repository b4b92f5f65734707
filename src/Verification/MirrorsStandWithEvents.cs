namespace Stk.Verification;

internal sealed class MirrorsStandWithEvents() : SqlInvariant(
    "I35", "What the mirror of a club says stands has its event, and what it says is taken back has its retraction.", """
    SELECT 'sources.club_given', format('event %s of %s', given.uuid, source.name),
        CASE WHEN given.alive THEN 'an event that nothing takes back' ELSE 'an event that is taken back' END,
        CASE WHEN event.uuid IS NULL THEN 'no event'
            WHEN given.alive THEN 'one that is taken back' ELSE 'one that stands' END
    FROM sources.club_given given JOIN activity.sources source ON source.id = given.source_id
    LEFT JOIN activity.events event ON event.source_id = given.source_id AND event.uuid = given.uuid
    CROSS JOIN LATERAL (
        SELECT EXISTS (
            SELECT FROM activity.events retraction
            WHERE retraction.retracts = given.uuid AND retraction.source_id = given.source_id) AS is_taken_back) AS retracted
    WHERE (event.uuid IS NULL OR retracted.is_taken_back = given.alive)
        -- What intake has not answered, or has objected to, is neither.
        AND NOT EXISTS (
            SELECT FROM sources.given_events waiting
            WHERE waiting.source_id = given.source_id AND (waiting.uuid = given.uuid OR waiting.retracts = given.uuid))
    """);
