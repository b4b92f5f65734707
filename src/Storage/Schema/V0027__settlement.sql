-- Settlement on Solana: what leaves for wallets, and what is done on chain for it. All instants of acts and attempts are by the
-- host's clock: the chain does not wait for the economy's.

-- One row. epoch: of the activation that settles; each raises it, and an older one can write nothing more. genesis: the hash of
-- the chain that was settled on first; never another one. paused_because: 1 an operator, 2 a mismatch, 3 recovery; NULL where
-- nothing holds it. held_by: what payouts wait for, as the activation saw it last: 1 the float, 2 the chain, 3 the signer; NULL
-- where they wait for nothing.
CREATE TABLE settlement.state (
    one            boolean PRIMARY KEY DEFAULT true CHECK (one),
    epoch          bigint NOT NULL CHECK (epoch >= 0),
    genesis        text COLLATE "C",
    paused_because smallint CHECK (paused_because BETWEEN 1 AND 3),
    paused_since   timestamptz,
    held_by        smallint CHECK (held_by BETWEEN 1 AND 3),
    CHECK ((paused_because IS NULL) = (paused_since IS NULL))
);

INSERT INTO settlement.state (epoch) VALUES (0);

-- One thing that is to happen on chain once; a batch of payouts is one. kind, state: see ActKind and ActState. epoch: of the
-- activation that wrote it last. version: one more with each writing. plan: JSON, never changed. reference: by what it is found on
-- chain. returned, flaws: payouts that go back and why (see PayeeFlaw), in the state failed. landed_slot: NULL where operators have
-- said that it landed and no node shows it any more.
CREATE TABLE settlement.acts (
    id               uuid PRIMARY KEY,
    kind             smallint NOT NULL CHECK (kind BETWEEN 1 AND 5),
    epoch            bigint NOT NULL CHECK (epoch > 0),
    version          bigint NOT NULL CHECK (version > 0),
    state            smallint NOT NULL CHECK (state BETWEEN 1 AND 7),
    plan             json NOT NULL,
    reference        text COLLATE "C",
    returned         uuid[] NOT NULL DEFAULT '{}',
    flaws            smallint[] NOT NULL DEFAULT '{}' CHECK (cardinality(flaws) = cardinality(returned)),
    landed_signature text COLLATE "C",
    landed_slot      bigint CHECK (landed_slot >= 0),
    is_closed        boolean NOT NULL DEFAULT false,
    at               timestamptz NOT NULL,
    changed_at       timestamptz NOT NULL,
    CHECK ((state = 4) = (landed_signature IS NOT NULL)),
    CHECK (state = 5 OR cardinality(returned) = 0),
    CHECK (NOT is_closed OR state IN (4, 5))
);

CREATE INDEX acts_open ON settlement.acts (at) WHERE NOT is_closed;
CREATE UNIQUE INDEX acts_of_reference ON settlement.acts (reference) WHERE reference IS NOT NULL;

-- One signed transaction of an act, written before its bytes leave; never deleted. value: the blockhash, or what stands in the
-- nonce account. last_valid_height: in blocks; NULL with a nonce. signed_slot: final before it was signed. node: by name.
-- send_answer: says nothing of the outcome. outcome: 1 landed, 2 failed, 3 expired; NULL while it is open. evidence: JSON.
-- former, former_outcome: a later attempt stands on the one before, which has expired and shows by what that is known.
CREATE TABLE settlement.attempts (
    act               uuid NOT NULL REFERENCES settlement.acts,
    number            integer NOT NULL CHECK (number > 0),
    former            integer GENERATED ALWAYS AS (nullif(number - 1, 0)) STORED,
    former_outcome    smallint GENERATED ALWAYS AS (CASE WHEN number > 1 THEN 3::smallint END) STORED,
    bytes             bytea NOT NULL CHECK (octet_length(bytes) BETWEEN 1 AND 1232),
    signature         text COLLATE "C" NOT NULL UNIQUE,
    value             text COLLATE "C" NOT NULL,
    nonce_account     text COLLATE "C",
    last_valid_height bigint CHECK (last_valid_height >= 0),
    signed_slot       bigint NOT NULL CHECK (signed_slot >= 0),
    node              text NOT NULL,
    signed_at         timestamptz NOT NULL,
    sent_at           timestamptz,
    send_answer       text,
    outcome           smallint CHECK (outcome BETWEEN 1 AND 3),
    evidence          json,
    PRIMARY KEY (act, number),
    UNIQUE (act, number, outcome),
    FOREIGN KEY (act, former, former_outcome) REFERENCES settlement.attempts (act, number, outcome),
    CHECK ((nonce_account IS NULL) = (last_valid_height IS NOT NULL)),
    CHECK (outcome IS NULL OR evidence IS NOT NULL),
    CHECK ((sent_at IS NULL) = (send_answer IS NULL))
);

-- No two of an act can land.
CREATE UNIQUE INDEX attempts_one_live ON settlement.attempts (act) WHERE outcome IS DISTINCT FROM 3;

-- What leaves a participant for a wallet. id: the withdrawal's transaction. number: the order in which they wait. wallet: the
-- link that it was made for, and address: where that goes. week: NULL for a withdrawal by hand. state: 1 it waits, 2 an act has
-- it, 3 paid, 4 returned. reason: why it was returned, see PayoutReason. makes_account: the act makes the wallet's token account,
-- which we pay for. ended_by: the transaction that has settled or returned it. at: the commit's time.
CREATE TABLE settlement.payouts (
    id            uuid PRIMARY KEY,
    number        bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    participant   bigint NOT NULL CHECK (participant > 0),
    wallet        uuid NOT NULL,
    address       text COLLATE "C" NOT NULL,
    amount_micro  bigint NOT NULL CHECK (amount_micro > 0),
    week          integer,
    at            timestamptz NOT NULL,
    state         smallint NOT NULL DEFAULT 1 CHECK (state BETWEEN 1 AND 4),
    act           uuid REFERENCES settlement.acts,
    makes_account boolean NOT NULL DEFAULT false,
    reason        smallint CHECK (reason BETWEEN 1 AND 5),
    ended_by      uuid,
    ended_at      timestamptz,
    CHECK (state NOT IN (2, 3) OR act IS NOT NULL),
    CHECK (state <> 1 OR act IS NULL),
    CHECK ((state = 4) = (reason IS NOT NULL)),
    CHECK ((state IN (3, 4)) = (ended_by IS NOT NULL)),
    CHECK ((state IN (3, 4)) = (ended_at IS NOT NULL))
);

CREATE INDEX payouts_waiting ON settlement.payouts (number) WHERE state = 1;
CREATE INDEX payouts_of_participant ON settlement.payouts (participant, number);
CREATE INDEX payouts_of_act ON settlement.payouts (act) WHERE act IS NOT NULL;
CREATE INDEX payouts_made_account ON settlement.payouts (address) WHERE makes_account;
CREATE UNIQUE INDEX payouts_once_a_week ON settlement.payouts (week, participant) WHERE week IS NOT NULL;

GRANT SELECT ON settlement.state TO stk_service;
GRANT UPDATE (epoch, genesis, held_by) ON settlement.state TO stk_service;
GRANT SELECT, INSERT ON settlement.acts, settlement.attempts, settlement.payouts TO stk_service;
GRANT UPDATE (epoch, version, state, returned, flaws, landed_signature, landed_slot, is_closed, changed_at)
    ON settlement.acts TO stk_service;
GRANT UPDATE (sent_at, send_answer, outcome, evidence) ON settlement.attempts TO stk_service;
GRANT UPDATE (state, act, makes_account, reason, ended_by, ended_at) ON settlement.payouts TO stk_service;
