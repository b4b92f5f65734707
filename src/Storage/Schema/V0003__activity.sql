-- Who takes part, what they did, and the weeks that events fall into.

CREATE SCHEMA activity;

-- A participant is a number everywhere else; the id of the outside world stands here alone, so that it can be erased.
CREATE TABLE activity.participants (
    number        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id            text COLLATE "C" NOT NULL UNIQUE CHECK (char_length(id) BETWEEN 1 AND 200),
    shard         smallint NOT NULL CHECK (shard BETWEEN 0 AND 63),
    registered_at timestamptz NOT NULL
);

-- A source is known by its ingest token's subject. No week is sealed before each required one is complete to its end.
CREATE TABLE activity.sources (
    id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name        text COLLATE "C" NOT NULL UNIQUE CHECK (char_length(name) BETWEEN 1 AND 200),
    complete_to timestamptz,
    required    boolean NOT NULL DEFAULT false
);

-- The border of a week: intake reads the row FOR SHARE, the seal updates it.
CREATE TABLE activity.weeks (
    week      integer PRIMARY KEY,
    sealed_at timestamptz
);

-- outcome: 1 counted, 2 over_limit, 4 late, 5 ignored, 6 applied. Duplicates and rejected events are not stored.
-- Points are derived from this set, never from the stored outcomes, but for one: what is late never takes effect.
CREATE TABLE activity.events (
    source_id   integer NOT NULL REFERENCES activity.sources,
    uuid        uuid NOT NULL,
    participant bigint NOT NULL,
    week        integer NOT NULL,
    day         date NOT NULL,
    shard       smallint NOT NULL,
    outcome     smallint NOT NULL CHECK (outcome IN (1, 2, 4, 5, 6)),
    days        smallint,
    level       smallint,
    at          timestamptz NOT NULL,
    retracts    uuid,
    type        text COLLATE "C" NOT NULL,
    -- uuid first: a retraction is looked for whoever sent its target.
    PRIMARY KEY (uuid, source_id)
);

CREATE INDEX events_by_week ON activity.events (week, shard, participant);
-- What a retraction takes back, whichever of the two came first.
CREATE INDEX events_by_target ON activity.events (retracts) WHERE retracts IS NOT NULL;
-- A participant's levels, as sources say them.
CREATE INDEX events_by_level ON activity.events (participant, at) WHERE level IS NOT NULL;

-- What operators change about a participant, as source 'admin'. The reason is free text, so that it can be erased.
CREATE TABLE activity.profile_changes (
    uuid        uuid PRIMARY KEY,
    participant bigint NOT NULL REFERENCES activity.participants,
    at          timestamptz NOT NULL,
    level       smallint CHECK (level > 0),
    excluded    boolean,
    reason      text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 280),
    by          text NOT NULL
);

CREATE INDEX profile_changes_by_participant ON activity.profile_changes (participant, at);

GRANT USAGE ON SCHEMA activity TO stk_service;
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA activity TO stk_service;
GRANT UPDATE ON activity.sources, activity.weeks TO stk_service;
