-- What the schedule has done, what operators have skipped, and audits; and what redistribution tells and counts.

CREATE SCHEMA schedule;

-- What is due and what was done, as people see it: never a lock, each piece is done once by ids of its own. Written before
-- and after each try. subject: what it is about, as 2025-12-18, 2025-W51, 2025-Q4, 2025-Q4/30. due, began and ended: by the
-- economy's clock, of an audit by the host's; took_ms: by the host's. state: 1 running, 2 done, 3 failed and tried again,
-- 4 waits, 5 skipped, 6 coming (an audit's), 7 an audit has found a fault. place: in the order in which tries have ended.
CREATE TABLE schedule.work (
    kind     text COLLATE "C" NOT NULL,
    subject  text COLLATE "C" NOT NULL,
    due      timestamptz NOT NULL,
    state    smallint NOT NULL CHECK (state BETWEEN 1 AND 7),
    began    timestamptz,
    ended    timestamptz,
    took_ms  bigint,
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    silo     text,
    reason   text,
    place    bigint UNIQUE,
    PRIMARY KEY (kind, subject),
    CHECK ((ended IS NULL) = (place IS NULL))
);

CREATE SEQUENCE schedule.places;

-- What an operator has skipped, once and for good.
CREATE TABLE schedule.skips (
    kind    text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    at      timestamptz NOT NULL,
    by      text NOT NULL,
    reason  text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 280),
    PRIMARY KEY (kind, subject)
);

-- The nightly audits of the ledger, by the host's day. after_sequence: the last commit that was verified before; 0: all was
-- looked at. head_sequence, head_hash: of the last commit looked at. fault: NULL where all adds up.
CREATE TABLE schedule.audits (
    day            date PRIMARY KEY,
    at             timestamptz NOT NULL,
    after_sequence bigint NOT NULL CHECK (after_sequence >= 0),
    head_sequence  bigint NOT NULL CHECK (head_sequence >= after_sequence),
    head_hash      bytea NOT NULL CHECK (length(head_hash) = 32),
    fault          text
);

GRANT USAGE ON SCHEMA schedule TO stk_service;
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA schedule TO stk_service;
GRANT UPDATE ON schedule.work TO stk_service;
GRANT USAGE ON SEQUENCE schedule.places TO stk_service;

-- How many of a warning's part were told; NULL: nobody was, an earlier build wrote it, or it is a run's.
ALTER TABLE inactivity.parts ADD COLUMN told integer CHECK (told >= 0);

-- told: whether the participant has a notice of it. spared_micro: what an acceptance that moves nothing leaves them with, on
-- the signature of person alone.
ALTER TABLE inactivity.decisions
    ADD COLUMN told boolean NOT NULL DEFAULT false,
    ADD COLUMN spared_micro bigint CHECK (spared_micro > 0),
    ADD COLUMN person text COLLATE "C",
    ADD CHECK ((person IS NULL) = (spared_micro IS NULL)),
    ADD CHECK (person IS NULL OR (is_accepted AND transaction_id IS NULL));

CREATE INDEX decisions_by_person ON inactivity.decisions (person, at) WHERE person IS NOT NULL;

-- All that a participant was given on one person's signature alone. No fund pays a release, nor what is spared.
CREATE OR REPLACE VIEW approvals.given AS
SELECT transaction_id, person, receiver, fund, amount_micro, at FROM approvals.signatures
UNION ALL
SELECT transaction_id, person, participant, NULL::smallint, released_micro, decided_at
FROM vesting.decisions WHERE person IS NOT NULL
UNION ALL
SELECT decision.appeal, decision.person, appeal.participant, NULL::smallint, decision.spared_micro, decision.at
FROM inactivity.decisions decision JOIN inactivity.appeals appeal ON appeal.id = decision.appeal
WHERE decision.person IS NOT NULL;
