-- Who was taken back is looked up event by event, and whose shard is asked for one by one (OFFSET 0, a scalar: no join).
-- Both views are read for a shard of a week; a plan that was made while the tables were small read all events, or all
-- participants, for each of them.
CREATE OR REPLACE VIEW activity.live_events AS
SELECT event.* FROM activity.events event
WHERE event.outcome <> 4
    AND NOT EXISTS (
        SELECT FROM activity.events retraction
        WHERE retraction.retracts = event.uuid AND retraction.source_id = event.source_id
            AND retraction.participant = event.participant AND retraction.type = event.type || 'Retracted'
            AND retraction.outcome <> 4
            AND NOT EXISTS (
                SELECT FROM sources.voids_in_force void
                WHERE void.source_id = retraction.source_id
                    AND event.week > void.after_week AND (void.until_week IS NULL OR event.week <= void.until_week)
                    AND retraction.received_at >= void.received_from AND retraction.received_at < void.received_to
                    AND (void.types IS NULL OR retraction.type = ANY (void.types)))
        OFFSET 0)
    AND NOT EXISTS (
        SELECT FROM sources.voids_in_force void
        WHERE void.source_id = event.source_id
            AND event.week > void.after_week AND (void.until_week IS NULL OR event.week <= void.until_week)
            AND event.received_at >= void.received_from AND event.received_at < void.received_to
            AND (void.types IS NULL OR event.type = ANY (void.types)));

CREATE OR REPLACE FUNCTION activity.survivors(of_week integer)
RETURNS TABLE (identity bigint, survivor bigint, shard smallint)
LANGUAGE sql STABLE AS $body$
    SELECT link.identity, link.survivor,
        (SELECT participant.shard FROM activity.participants participant WHERE participant.number = link.survivor)
    FROM activity.links link
    WHERE link.survivor <> link.identity AND link.after_week < of_week
        AND NOT EXISTS (
            SELECT FROM activity.links later
            WHERE later.identity = link.identity AND later.number > link.number AND later.after_week < of_week)
$body$;
