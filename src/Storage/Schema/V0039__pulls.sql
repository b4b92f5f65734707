-- Sources that are asked: who asks now, how it went, and on which reads a watermark stands.

-- epoch: one more for each silo that takes the lease; who has an older one can write nothing. lease_until, next_at, wanted_at,
-- last_pull_at: real time, the database's. next_at: not before; wanted_at: somebody has asked for it to be now. failures: in a row.
-- last_error: a word. last_event_at: the latest of the events' own times. waiting: JSON, the first of two reads of a window.
-- differences: pairs of reads of a window that were not alike.
CREATE TABLE sources.pulls (
    source_id     integer PRIMARY KEY REFERENCES activity.sources,
    epoch         bigint NOT NULL DEFAULT 0,
    holder        text COLLATE "C",
    claimed_at    timestamptz,
    lease_until   timestamptz,
    next_at       timestamptz NOT NULL DEFAULT '-infinity',
    wanted_at     timestamptz,
    failures      integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
    last_error    text COLLATE "C",
    last_pull_at  timestamptz,
    last_event_at timestamptz,
    waiting       json,
    differences   integer NOT NULL DEFAULT 0
);

-- Two whole reads of one window, which moved the watermark to its end where they were alike. clock: the economy's, when the second
-- began; all else of began and ended: real time. hash: SHA-256 of the set that was found. events: of them that are stored, counted in
-- the commit that moved the watermark; null where it did not.
CREATE TABLE sources.pull_reads (
    source_id   integer NOT NULL REFERENCES activity.sources,
    place       bigint GENERATED ALWAYS AS IDENTITY,
    epoch       bigint NOT NULL,
    from_at     timestamptz NOT NULL,
    to_at       timestamptz NOT NULL,
    settle      interval NOT NULL,
    first_ended timestamptz NOT NULL,
    first_count integer NOT NULL,
    first_hash  text COLLATE "C" NOT NULL,
    clock       timestamptz NOT NULL,
    began       timestamptz NOT NULL,
    ended       timestamptz NOT NULL,
    count       integer NOT NULL,
    hash        text COLLATE "C" NOT NULL,
    is_moved    boolean NOT NULL,
    events      bigint,
    PRIMARY KEY (source_id, place),
    CHECK (from_at < to_at),
    CHECK (is_moved = (events IS NOT NULL))
);

-- What is read again is kept once.
CREATE INDEX quarantine_by_uuid ON sources.quarantine (source_id, uuid);

GRANT SELECT, INSERT, UPDATE ON sources.pulls TO stk_service;
GRANT SELECT, INSERT ON sources.pull_reads TO stk_service;

-- Who has been seen in a club, and by which name one asks for what he likes. active_at: the club's time of the last that he did.
CREATE TABLE sources.club_people (
    source_id integer NOT NULL REFERENCES activity.sources,
    person    bigint NOT NULL,
    name      text COLLATE "C" NOT NULL,
    active_at timestamptz NOT NULL,
    PRIMARY KEY (source_id, person)
);

-- What webhooks have left open, until the club has answered. kind: 1 a post, 2 a topic, 3 what somebody likes; id: its number.
CREATE TABLE sources.club_questions (
    source_id integer NOT NULL REFERENCES activity.sources,
    kind      smallint NOT NULL CHECK (kind BETWEEN 1 AND 3),
    id        bigint NOT NULL,
    asked_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (source_id, kind, id)
);

CREATE INDEX club_given_by_time ON sources.club_given (source_id, at);
CREATE INDEX club_given_of_actor ON sources.club_given (source_id, actor, at);

GRANT SELECT, INSERT, UPDATE ON sources.club_people TO stk_service;
GRANT SELECT, INSERT, UPDATE, DELETE ON sources.club_questions TO stk_service;

-- A participant's level as the platform has said it last. since: as said; at: of the event that it gave; updated_at: of the profile.
CREATE TABLE sources.platform_levels (
    source_id  integer NOT NULL REFERENCES activity.sources,
    id         text COLLATE "C" NOT NULL,
    level      smallint NOT NULL,
    since      timestamptz NOT NULL,
    at         timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (source_id, id)
);

-- Where the platform's list of profiles was read last: it is gone through by the time of their last change.
CREATE TABLE sources.platform_cursors (
    source_id integer PRIMARY KEY REFERENCES activity.sources,
    cursor    text COLLATE "C" NOT NULL
);

GRANT SELECT, INSERT, UPDATE ON sources.platform_levels, sources.platform_cursors TO stk_service;
