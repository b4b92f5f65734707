-- What operators have a source asked for besides: the past, and whether a week is whole.

-- In the order asked, behind whatever is new. done_to: all before it has been read. found: uuids, of each window by itself.
-- asked_at: the economy's clock; next_at, ended_at: real time. last_error: a word, of the last try where that failed.
CREATE TABLE sources.backfills (
    id         uuid PRIMARY KEY,
    source_id  integer NOT NULL REFERENCES activity.sources,
    from_at    timestamptz NOT NULL,
    to_at      timestamptz NOT NULL,
    done_to    timestamptz NOT NULL,
    found      bigint NOT NULL DEFAULT 0,
    reason     text,
    asked_by   text NOT NULL,
    asked_at   timestamptz NOT NULL,
    next_at    timestamptz NOT NULL DEFAULT '-infinity',
    failures   integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
    last_error text COLLATE "C",
    ended_at   timestamptz,
    CHECK (from_at < to_at AND done_to BETWEEN from_at AND to_at),
    CHECK ((ended_at IS NOT NULL) = (done_to = to_at))
);

CREATE INDEX backfills_of_source ON sources.backfills (source_id, asked_at, id);

-- A week of a source, read as a whole and held against what is stored. asked_by: null where the watermark was about to pass the
-- week's end. checked_to: no later than the week's end; clock: the economy's, when the read began; ended: real time.
CREATE TABLE sources.week_checks (
    id         uuid PRIMARY KEY,
    source_id  integer NOT NULL REFERENCES activity.sources,
    week       integer NOT NULL,
    reason     text,
    asked_by   text,
    asked_at   timestamptz NOT NULL,
    checked_to timestamptz,
    clock      timestamptz,
    ended      timestamptz,
    missing    integer,
    taken_back integer,
    added      integer,
    CHECK (num_nulls(checked_to, clock, ended, missing, taken_back, added) IN (0, 6)),
    CHECK (asked_by IS NOT NULL OR ended IS NOT NULL)
);

CREATE INDEX week_checks_of_source ON sources.week_checks (source_id, asked_at, id);

-- Of the week whose end lies in the window. Null of reads from before there were any.
ALTER TABLE sources.pull_reads ADD COLUMN week_check uuid REFERENCES sources.week_checks;

GRANT SELECT, INSERT, UPDATE ON sources.backfills, sources.week_checks TO stk_service;
