-- The double-entry ledger. Numbers only: no name, id from outside or free text stands in it, so that a person can be
-- erased and the journal still adds up.
--
-- commits, transactions and postings are the journal: append-only, chained by hash. accounts and head are derived from
-- it. There are no foreign keys: one writer makes all rows of a commit together, and `verify` checks every one of them
-- against the others; a trigger a posting would cost more than it finds.

CREATE SCHEMA storage;

-- Fails the statement, and with it the transaction, unless as many rows were touched as were meant. In SQL, because the
-- COMMIT follows in the same write: a client would count too late. STK01 means: roll back and run the batch again.
CREATE FUNCTION storage.expect_rows(subject text, actual bigint, expected bigint) RETURNS void
LANGUAGE plpgsql AS $body$
BEGIN
    IF actual <> expected THEN
        RAISE EXCEPTION '% rows of % touched, % expected', actual, subject, expected USING ERRCODE = 'STK01';
    END IF;
END
$body$;

GRANT USAGE ON SCHEMA storage TO stk_service;

CREATE SCHEMA ledger;

-- One row, and the only lock of a commit: it puts the commits of all silos in one gapless order.
CREATE TABLE ledger.head (
    one boolean NOT NULL PRIMARY KEY DEFAULT true CHECK (one),
    sequence bigint NOT NULL CHECK (sequence >= 0),
    hash bytea NOT NULL CHECK (length(hash) = 32),
    at timestamptz NOT NULL,
    -- Accounts made so far. Ids are given by the writer, who holds this row: no round trip to learn them.
    accounts bigint NOT NULL CHECK (accounts >= 0)
) WITH (fillfactor = 10);

INSERT INTO ledger.head (sequence, hash, at, accounts)
VALUES (0, decode(repeat('00', 32), 'hex'), 'epoch', 0);

-- kind: see AccountKind. owner: fund's number, week's number (202551), participant's number, or 0.
CREATE TABLE ledger.accounts (
    id bigint NOT NULL PRIMARY KEY,
    kind smallint NOT NULL,
    owner bigint NOT NULL,
    balance_micro bigint NOT NULL,
    -- Of the last commit that touched it.
    sequence bigint NOT NULL,
    UNIQUE (kind, owner),
    CONSTRAINT none_below_zero_but_issuance CHECK (balance_micro >= 0 OR kind = 1)
    -- Neither index holds what an update changes: with room on the page the row stays on it.
) WITH (fillfactor = 50);

CREATE TABLE ledger.commits (
    sequence bigint NOT NULL PRIMARY KEY,
    at timestamptz NOT NULL,
    hash bytea NOT NULL CHECK (length(hash) = 32),
    transactions integer NOT NULL CHECK (transactions > 0)
);

CREATE TABLE ledger.transactions (
    id uuid NOT NULL PRIMARY KEY,
    sequence bigint NOT NULL,
    position integer NOT NULL,
    kind smallint NOT NULL,
    -- A short machine reference, as 2025-W51.
    reference varchar(64) COLLATE "C" NOT NULL CHECK (reference ~ '^[A-Za-z0-9:._/-]*$'),
    content_hash bytea NOT NULL CHECK (length(content_hash) = 32),
    effects_hash bytea NULL CHECK (length(effects_hash) = 32),
    UNIQUE (sequence, position)
);

CREATE TABLE ledger.postings (
    sequence bigint NOT NULL,
    position integer NOT NULL,
    line integer NOT NULL,
    account_id bigint NOT NULL,
    amount_micro bigint NOT NULL CHECK (amount_micro <> 0),
    balance_after bigint NOT NULL,
    PRIMARY KEY (sequence, position, line)
);

-- An account's history, newest first.
CREATE INDEX postings_of_account ON ledger.postings (account_id, sequence DESC, position DESC, line DESC);

-- One id, one answer: a refused id is refused again, for 30 days.
CREATE TABLE ledger.refusals (
    id uuid NOT NULL PRIMARY KEY,
    content_hash bytea NOT NULL CHECK (length(content_hash) = 32),
    reason smallint NOT NULL,
    -- The database's own time: what is waited for are copies delayed on the wire.
    at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX refusals_by_age ON ledger.refusals (at);

GRANT USAGE ON SCHEMA ledger TO stk_service;
-- The journal: never UPDATE, DELETE or TRUNCATE.
GRANT SELECT, INSERT ON ledger.commits, ledger.transactions, ledger.postings TO stk_service;
GRANT SELECT, UPDATE ON ledger.head TO stk_service;
GRANT SELECT, INSERT, UPDATE ON ledger.accounts TO stk_service;
GRANT SELECT, INSERT, DELETE ON ledger.refusals TO stk_service;
