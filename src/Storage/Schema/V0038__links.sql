-- Which participant an identity belongs to: an id that a source sends of somebody who is somebody else's participant. Events, their
-- retractions and what operators say stay with the identity's number for ever; a link only says whose they are.

-- number: in the order of commits. survivor: the identity itself where it is its own again. after_week: the last week that was sealed
-- in the commit, 0 where none was: weeks up to it are as they were. The commit holds the rows of the open weeks, like intake.
CREATE TABLE activity.links (
    number     integer PRIMARY KEY,
    identity   bigint NOT NULL REFERENCES activity.participants,
    survivor   bigint NOT NULL REFERENCES activity.participants,
    after_week integer NOT NULL,
    at         timestamptz NOT NULL,
    by         text NOT NULL,
    reason     text NOT NULL
);

CREATE INDEX links_of_identity ON activity.links (identity, number DESC);
CREATE INDEX links_of_survivor ON activity.links (survivor);

-- As things stand.
CREATE VIEW activity.linked AS
SELECT link.identity, link.survivor FROM activity.links link
WHERE link.survivor <> link.identity
    AND NOT EXISTS (
        SELECT FROM activity.links later WHERE later.identity = link.identity AND later.number > link.number);

-- As a week sees it: as known at its seal, for the whole week. shard: the survivor's.
CREATE FUNCTION activity.survivors(of_week integer) RETURNS TABLE (identity bigint, survivor bigint, shard smallint)
LANGUAGE sql STABLE AS $body$
    SELECT link.identity, link.survivor, participant.shard
    FROM activity.links link JOIN activity.participants participant ON participant.number = link.survivor
    WHERE link.survivor <> link.identity AND link.after_week < of_week
        AND NOT EXISTS (
            SELECT FROM activity.links later
            WHERE later.identity = link.identity AND later.number > link.number AND later.after_week < of_week)
$body$;

GRANT SELECT, INSERT ON activity.links TO stk_service;
GRANT SELECT ON activity.linked TO stk_service;
