-- Participants whose value cannot leave.

CREATE SCHEMA suspensions;

-- Never changed; the last one of a participant says how it stands. number: without a gap, in the order in which they are
-- seen. after_sequence: the journal's commit after which it is in force, known because the journal waited for this row. at: by
-- the economy's clock. approval: what waited for a second person; NULL for a suspension, which takes one.
CREATE TABLE suspensions.changes (
    number         integer PRIMARY KEY CHECK (number > 0),
    participant    bigint NOT NULL REFERENCES activity.participants,
    is_suspended   boolean NOT NULL,
    after_sequence bigint NOT NULL CHECK (after_sequence >= 0),
    at             timestamptz NOT NULL,
    by             text NOT NULL,
    reason         text NOT NULL,
    approval       uuid UNIQUE,
    CHECK (is_suspended = (approval IS NULL))
);

CREATE INDEX changes_by_participant ON suspensions.changes (participant, number DESC);

GRANT USAGE ON SCHEMA suspensions TO stk_service;
GRANT SELECT, INSERT ON suspensions.changes TO stk_service;
