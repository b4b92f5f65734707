-- Redistribution from the inactive: leaves, warnings, assessments, debits, appeals, and what is given back.

CREATE SCHEMA inactivity;

-- Times in which nobody is expected to be active. Never changed: of two about one participant and one first day the later
-- counts. number: without a gap, in the order in which they are seen. last_day NULL: it has no end yet. The reason is free
-- text, so that it can be erased.
CREATE TABLE inactivity.leaves (
    number      integer PRIMARY KEY CHECK (number > 0),
    participant bigint NOT NULL REFERENCES activity.participants,
    first_day   date NOT NULL,
    last_day    date CHECK (last_day >= first_day),
    at          timestamptz NOT NULL,
    by          text NOT NULL,
    reason      text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 280)
);

CREATE INDEX leaves_by_participant ON inactivity.leaves (participant, number);

-- What a quarter has done: days 0 is the run itself, else the warning of so many days before the quarter's first day. What
-- decides is fixed when it begins: sealed_to, the last week whose seal is looked at; leaves_to and suspensions_to, the last
-- of each that count. quarter: year x 10 + quarter. A null column: that has not come yet.
CREATE TABLE inactivity.runs (
    quarter        integer NOT NULL,
    days           smallint NOT NULL CHECK (days >= 0),
    rules_version  integer NOT NULL,
    sealed_to      integer NOT NULL,
    leaves_to      integer NOT NULL,
    suspensions_to integer NOT NULL,
    began_at       timestamptz NOT NULL,
    people         integer,
    amount_micro   bigint,
    assessed_at    timestamptz,
    done_at        timestamptz,
    PRIMARY KEY (quarter, days)
);

-- The shards that were assessed, some together: each once. people and amount_micro: of its rows as they were written.
CREATE TABLE inactivity.parts (
    quarter      integer NOT NULL,
    days         smallint NOT NULL,
    first_shard  smallint NOT NULL,
    people       integer NOT NULL,
    amount_micro bigint NOT NULL,
    PRIMARY KEY (quarter, days, first_shard),
    FOREIGN KEY (quarter, days) REFERENCES inactivity.runs
);

-- Whoever was told what the quarter would take by what was known on that day. base_sequence: of the commit that left
-- base_micro available. exclusion: the last change of theirs in activity.profile_changes that was known.
CREATE TABLE inactivity.warnings (
    quarter       integer NOT NULL,
    participant   bigint NOT NULL,
    days          smallint NOT NULL,
    shard         smallint NOT NULL,
    last_active   date NOT NULL,
    inactive_days integer NOT NULL,
    rate_bp       integer NOT NULL,
    base_micro    bigint NOT NULL,
    base_sequence bigint NOT NULL,
    amount_micro  bigint NOT NULL CHECK (amount_micro > 0),
    exclusion     uuid,
    at            timestamptz NOT NULL,
    PRIMARY KEY (quarter, participant, days),
    FOREIGN KEY (quarter, days) REFERENCES inactivity.runs
);

CREATE INDEX warnings_by_participant ON inactivity.warnings (participant, quarter);

-- What the run decided about somebody from whom something would be taken, before anything is posted. Another attempt where
-- the one before met a balance, an appeal or a suspension that it did not know; the last one counts. amount_micro: what is
-- taken; 0 unless charged. cause: 1 the run, 2 an appeal that was rejected before anything was taken.
CREATE TABLE inactivity.lines (
    quarter        integer NOT NULL,
    participant    bigint NOT NULL,
    attempt        integer NOT NULL CHECK (attempt > 0),
    shard          smallint NOT NULL,
    cause          smallint NOT NULL CHECK (cause IN (1, 2)),
    last_active    date NOT NULL,
    inactive_days  integer NOT NULL,
    rate_bp        integer NOT NULL,
    base_micro     bigint NOT NULL,
    base_sequence  bigint NOT NULL,
    amount_micro   bigint NOT NULL CHECK (amount_micro >= 0),
    outcome        smallint NOT NULL CHECK (outcome BETWEEN 1 AND 6),
    exclusion      uuid,
    leaves_to      integer NOT NULL,
    suspensions_to integer NOT NULL,
    PRIMARY KEY (quarter, participant, attempt),
    CHECK (amount_micro = 0 OR outcome = 1)
);

CREATE INDEX lines_by_participant ON inactivity.lines (participant, quarter);

-- What was taken: written with the transaction that took it, once a quarter.
CREATE TABLE inactivity.debits (
    transaction_id uuid PRIMARY KEY,
    quarter        integer NOT NULL,
    participant    bigint NOT NULL,
    attempt        integer NOT NULL,
    amount_micro   bigint NOT NULL CHECK (amount_micro > 0),
    UNIQUE (quarter, participant)
);

-- One a quarter. after_sequence: the journal's commit after which nothing is taken while it is open, known because the
-- journal waited for this row. body: free text, so that it can be erased.
CREATE TABLE inactivity.appeals (
    id             uuid PRIMARY KEY,
    quarter        integer NOT NULL,
    participant    bigint NOT NULL REFERENCES activity.participants,
    after_sequence bigint NOT NULL CHECK (after_sequence >= 0),
    at             timestamptz NOT NULL,
    body           text NOT NULL,
    -- 1 open, 2 accepted, 3 rejected.
    state          smallint NOT NULL DEFAULT 1 CHECK (state IN (1, 2, 3)),
    UNIQUE (quarter, participant)
);

CREATE INDEX appeals_by_time ON inactivity.appeals (at, id);

-- An operator's last word. decided_in: the request that said it. transaction_id: of what it gave back or took; NULL where it
-- moved nothing.
CREATE TABLE inactivity.decisions (
    appeal         uuid PRIMARY KEY REFERENCES inactivity.appeals,
    is_accepted    boolean NOT NULL,
    at             timestamptz NOT NULL,
    by             text NOT NULL,
    reason         text NOT NULL,
    decided_in     uuid NOT NULL UNIQUE,
    transaction_id uuid UNIQUE
);

-- The right to have a debit given back, from the week that earned it on.
CREATE TABLE inactivity.earned (
    quarter      integer NOT NULL,
    participant  bigint NOT NULL,
    week         integer NOT NULL,
    amount_micro bigint NOT NULL CHECK (amount_micro > 0),
    PRIMARY KEY (quarter, participant)
);

-- Whether a week's settlement gives back what is due, all or nothing. due_micro and fund_micro: as it was decided.
CREATE TABLE inactivity.restorations (
    week       integer PRIMARY KEY,
    people     integer NOT NULL,
    due_micro  bigint NOT NULL,
    fund_micro bigint NOT NULL,
    is_paid    boolean NOT NULL
);

-- What was given back, with the transaction that gave it: a debit once. cause: 1 an appeal that was accepted, 2 a return;
-- week: the one whose settlement gave it, of a return alone.
CREATE TABLE inactivity.credits (
    transaction_id uuid PRIMARY KEY,
    quarter        integer NOT NULL,
    participant    bigint NOT NULL,
    cause          smallint NOT NULL CHECK (cause IN (1, 2)),
    week           integer CHECK ((week IS NULL) = (cause = 1)),
    amount_micro   bigint NOT NULL CHECK (amount_micro > 0),
    UNIQUE (quarter, participant)
);

GRANT USAGE ON SCHEMA inactivity TO stk_service;
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA inactivity TO stk_service;
GRANT UPDATE ON inactivity.runs TO stk_service;
GRANT UPDATE (state) ON inactivity.appeals TO stk_service;
