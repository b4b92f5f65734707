-- What comes back from the chain.

-- Up to where one of our token accounts is read. slot: all up to its end is read, and nothing of a later one. last: one of the last
-- transactions that were read. balance_micro: what the account held then, and minted_micro: what was ever minted into it. read_at:
-- the host's.
CREATE TABLE settlement.cursors (
    account       text COLLATE "C" PRIMARY KEY,
    slot          bigint NOT NULL CHECK (slot > 0),
    last          text COLLATE "C",
    balance_micro bigint NOT NULL CHECK (balance_micro >= 0),
    minted_micro  bigint NOT NULL CHECK (minted_micro >= 0),
    read_at       timestamptz NOT NULL
);

-- What somebody has sent to one of our token accounts. id: the transaction that credits it, and number: the order. account_index: of
-- the account, among the transaction's. sender: who owns the token account that paid; NULL where several paid. memo: free text,
-- which can be erased. participant: to whom it was credited; NULL in suspense. state: 1 credited at once, 2 in suspense, 3 credited
-- by two operators, 4 it is to be sent back, 5 it was sent back. ended_by: the transaction that took it out of suspense.
-- approval: by which two persons have decided. returned_by: what has sent it back on chain. at, ended_at: the commits' times.
CREATE TABLE settlement.deposits (
    id            uuid PRIMARY KEY,
    number        bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    account       text COLLATE "C" NOT NULL,
    signature     text COLLATE "C" NOT NULL,
    account_index integer NOT NULL CHECK (account_index >= 0),
    slot          bigint NOT NULL CHECK (slot >= 0),
    amount_micro  bigint NOT NULL CHECK (amount_micro > 0),
    sender        text COLLATE "C",
    memo          text,
    participant   bigint CHECK (participant > 0),
    at            timestamptz NOT NULL,
    state         smallint NOT NULL CHECK (state BETWEEN 1 AND 5),
    ended_by      uuid,
    ended_at      timestamptz,
    approval      uuid REFERENCES approvals.requests,
    returned_by   text COLLATE "C",
    UNIQUE (signature, account_index),
    CHECK ((state IN (1, 3)) = (participant IS NOT NULL)),
    CHECK ((state IN (3, 5)) = (ended_by IS NOT NULL)),
    CHECK ((ended_by IS NULL) = (ended_at IS NULL)),
    CHECK ((state IN (3, 4, 5)) = (approval IS NOT NULL)),
    CHECK ((state = 5) = (returned_by IS NOT NULL))
);

CREATE INDEX deposits_of_participant ON settlement.deposits (participant, number);
CREATE INDEX deposits_open ON settlement.deposits (number) WHERE state IN (2, 4);

-- What ledger and chain differ in. kind: 1 something has left one of our token accounts that none of our acts has moved. account,
-- signature, slot: where that is seen. Instants are the host's.
CREATE TABLE settlement.differences (
    id           uuid PRIMARY KEY,
    number       bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    kind         smallint NOT NULL CHECK (kind = 1),
    account      text COLLATE "C" NOT NULL,
    signature    text COLLATE "C" NOT NULL,
    slot         bigint NOT NULL CHECK (slot >= 0),
    amount_micro bigint NOT NULL CHECK (amount_micro > 0),
    details      text NOT NULL,
    found_at     timestamptz NOT NULL
);

GRANT SELECT, INSERT, UPDATE ON settlement.cursors TO stk_service;
GRANT SELECT, INSERT ON settlement.deposits, settlement.differences TO stk_service;
GRANT UPDATE (memo, participant, state, ended_by, ended_at, approval, returned_by) ON settlement.deposits TO stk_service;
