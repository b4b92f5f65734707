-- Events that count as if they had never been sent: what a source sent in a time, by two persons' word. No event is changed.

-- id: of what waited for the second person. after_week: the last week that was sealed in its commit, 0 where none was; a week up
-- to it is as it was. The commit holds the rows of the open weeks, so that a seal comes before it or sees it.
CREATE TABLE sources.voids (
    id            uuid PRIMARY KEY,
    source_id     integer NOT NULL REFERENCES activity.sources,
    received_from timestamptz NOT NULL,
    received_to   timestamptz NOT NULL CHECK (received_to > received_from),
    types         text[] CHECK (cardinality(types) > 0),
    after_week    integer NOT NULL,
    reason        text NOT NULL,
    asked_by      text NOT NULL,
    approved_by   text NOT NULL,
    at            timestamptz NOT NULL
);

-- until_week: likewise; what was sealed up to it has left the events out, and does so for ever.
CREATE TABLE sources.void_lifts (
    void        uuid PRIMARY KEY REFERENCES sources.voids,
    approval    uuid NOT NULL UNIQUE,
    until_week  integer NOT NULL,
    reason      text NOT NULL,
    asked_by    text NOT NULL,
    approved_by text NOT NULL,
    at          timestamptz NOT NULL
);

-- How many events are meant is counted when it is asked for: they came in the order of their rows.
CREATE INDEX events_by_receipt ON activity.events USING brin (received_at);

-- until_week: null while it stands.
CREATE VIEW sources.voids_in_force AS
SELECT void.id, void.source_id, void.received_from, void.received_to, void.types, void.after_week, lift.until_week
FROM sources.voids void LEFT JOIN sources.void_lifts lift ON lift.void = void.id;

-- As before, and of no event that is void, nor taken back by one that is: both as they were for the week of the event.
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
                    AND (void.types IS NULL OR retraction.type = ANY (void.types))))
    AND NOT EXISTS (
        SELECT FROM sources.voids_in_force void
        WHERE void.source_id = event.source_id
            AND event.week > void.after_week AND (void.until_week IS NULL OR event.week <= void.until_week)
            AND event.received_at >= void.received_from AND event.received_at < void.received_to
            AND (void.types IS NULL OR event.type = ANY (void.types)));

GRANT SELECT, INSERT ON sources.voids, sources.void_lifts TO stk_service;
GRANT SELECT ON sources.voids_in_force TO stk_service;
