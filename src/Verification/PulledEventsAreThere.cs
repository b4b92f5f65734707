namespace Stk.Verification;

internal sealed class PulledEventsAreThere() : SqlInvariant(
    "I37", "Every event on which a pulled watermark stands is there.", """
    SELECT 'sources.pull_reads', format('source %s, read %s', source.name, place), format('%s events', read.events),
        format('%s events', stored.events)
    FROM sources.pull_reads read JOIN activity.sources source ON source.id = read.source_id
    CROSS JOIN LATERAL (
        SELECT count(*) AS events FROM activity.events event
        WHERE event.source_id = read.source_id AND event.at >= read.from_at AND event.at < read.to_at
            AND event.week BETWEEN to_char(read.from_at AT TIME ZONE 'UTC', 'IYYYIW')::integer
                AND to_char(read.to_at AT TIME ZONE 'UTC', 'IYYYIW')::integer) AS stored
    WHERE read.is_moved AND stored.events < read.events
    """);
