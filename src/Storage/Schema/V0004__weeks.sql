-- The weekly run: seals, statements, settlements, grants.

CREATE SCHEMA weeks;

-- One row a sealed week. A null column: that stage has not come yet.
CREATE TABLE weeks.runs (
    week            integer PRIMARY KEY REFERENCES activity.weeks,
    rules_version   integer NOT NULL,
    override_reason text,
    override_by     text,
    seal_hash       bytea CHECK (octet_length(seal_hash) = 32),
    participants    integer,
    total_micro     bigint CHECK (total_micro >= 0),
    reserved_micro  bigint CHECK (reserved_micro BETWEEN 0 AND total_micro),
    scored_at       timestamptz,
    export_hash     bytea CHECK (octet_length(export_hash) = 32),
    reported_at     timestamptz,
    paid_micro      bigint CHECK (paid_micro BETWEEN 0 AND reserved_micro),
    settled_at      timestamptz
);

-- The shards that had events. hash: SHA-256 over the shard's rows in weeks.seals.
CREATE TABLE weeks.shards (
    week         integer NOT NULL REFERENCES weeks.runs,
    shard        smallint NOT NULL,
    hash         bytea NOT NULL CHECK (octet_length(hash) = 32),
    participants integer NOT NULL,
    total_micro  bigint NOT NULL,
    PRIMARY KEY (week, shard)
);

-- The inputs of a week, frozen: what each participant did, by type and day, and what its coefficients stand on.
CREATE TABLE weeks.seals (
    week          integer NOT NULL,
    shard         smallint NOT NULL,
    participant   bigint NOT NULL,
    type          text COLLATE "C" NOT NULL,
    day           date NOT NULL,
    vests_days    smallint NOT NULL,
    received      integer NOT NULL,
    counted       integer NOT NULL CHECK (counted BETWEEN 0 AND received),
    level         smallint NOT NULL,
    streak_before integer NOT NULL,
    PRIMARY KEY (week, shard, participant, type, day, vests_days)
);

-- document: the statement as canonical JSON, by the participant's number.
CREATE TABLE weeks.statements (
    week            integer NOT NULL,
    participant     bigint NOT NULL,
    shard           smallint NOT NULL,
    level           smallint NOT NULL,
    streak          integer NOT NULL CHECK (streak > 0),
    points          bigint NOT NULL CHECK (points > 0),
    reward_micro    bigint NOT NULL CHECK (reward_micro >= 0),
    available_micro bigint NOT NULL CHECK (available_micro >= 0),
    frozen_micro    bigint NOT NULL CHECK (frozen_micro >= 0),
    document        bytea NOT NULL,
    PRIMARY KEY (week, shard, participant),
    CHECK (available_micro + frozen_micro = reward_micro)
);

CREATE INDEX statements_by_participant ON weeks.statements (participant, week);

-- One row a ledger transaction that pays a part of a shard: written with it, or not at all.
CREATE TABLE weeks.settlements (
    week            integer NOT NULL,
    shard           smallint NOT NULL,
    part            integer NOT NULL,
    transaction_id  uuid NOT NULL UNIQUE,
    participants    integer NOT NULL,
    available_micro bigint NOT NULL,
    frozen_micro    bigint NOT NULL,
    PRIMARY KEY (week, shard, part)
);

-- Frozen rewards, one row for (participant, week, type, days): written with the transaction that froze them.
CREATE TABLE weeks.grants (
    participant    bigint NOT NULL,
    week           integer NOT NULL,
    type           text COLLATE "C" NOT NULL,
    vests_days     smallint NOT NULL,
    amount_micro   bigint NOT NULL CHECK (amount_micro > 0),
    unlocks_on     date NOT NULL,
    transaction_id uuid NOT NULL,
    position       integer NOT NULL,
    PRIMARY KEY (participant, week, type, vests_days),
    UNIQUE (transaction_id, position)
);

CREATE INDEX grants_by_unlock ON weeks.grants (unlocks_on);

GRANT USAGE ON SCHEMA weeks TO stk_service;
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA weeks TO stk_service;
GRANT UPDATE ON weeks.runs TO stk_service;
