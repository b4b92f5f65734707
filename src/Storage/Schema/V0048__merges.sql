-- Two participants who are one person, of whom one was never paid: all of the one's ids are the other's, in one commit.

-- merged, survivor: as they were called; neither was anybody else's. identities: how many were the merged one's, itself included. at,
-- undone_at: the economy's clock.
CREATE TABLE activity.merges (
    id            uuid PRIMARY KEY,
    merged        bigint NOT NULL REFERENCES activity.participants,
    survivor      bigint NOT NULL REFERENCES activity.participants,
    identities    integer NOT NULL CHECK (identities > 0),
    at            timestamptz NOT NULL,
    by            text NOT NULL,
    reason        text NOT NULL,
    undone_at     timestamptz,
    undone_by     text,
    undone_reason text,
    CHECK (merged <> survivor),
    CHECK (num_nulls(undone_at, undone_by, undone_reason) IN (0, 3))
);

CREATE INDEX merges_by_time ON activity.merges (at, id);

-- Null where one identity alone was linked.
ALTER TABLE activity.links ADD COLUMN merge uuid REFERENCES activity.merges;

CREATE INDEX links_of_merge ON activity.links (merge) WHERE merge IS NOT NULL;

GRANT SELECT, INSERT, UPDATE ON activity.merges TO stk_service;
