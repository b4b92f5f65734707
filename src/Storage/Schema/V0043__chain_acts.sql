-- Acts on chain that are none of payouts: operators ask for them, or a run.

-- id: the act's; of the request that asked, under approvals, where an operator has. kind: see ActKind: 2 mint, 3 refill, 4 burn, 5 memo.
-- week: whose memo it is; NULL otherwise. approved_at: by another person, or at once where a run may ask alone. By the economy's
-- clock. From approved_at on whoever settles makes a row of settlement.acts of it, under the same id.
CREATE TABLE settlement.asked_acts (
    id           uuid PRIMARY KEY,
    kind         smallint NOT NULL CHECK (kind BETWEEN 2 AND 5),
    amount_micro bigint CHECK (amount_micro > 0),
    text         text CHECK (octet_length(text) BETWEEN 1 AND 512),
    week         integer UNIQUE REFERENCES weeks.anchors,
    at           timestamptz NOT NULL,
    approved_at  timestamptz CHECK (approved_at >= at),
    CHECK ((kind = 5) = (amount_micro IS NULL)),
    CHECK ((kind = 5) = (text IS NOT NULL)),
    CHECK (week IS NULL OR kind = 5),
    CHECK (week IS NULL OR approved_at IS NOT NULL)
);

CREATE INDEX asked_acts_by_time ON settlement.asked_acts (at, id);
CREATE INDEX asked_acts_approved ON settlement.asked_acts (approved_at, id) WHERE approved_at IS NOT NULL;

-- What the holder of a key has signed for an act. number: of the attempt that it is for. value: what stands in the nonce account.
-- signed_slot: final before it was sent here. by: the operator's subject who has brought it. By the economy's clock.
CREATE TABLE settlement.hand_signatures (
    act           uuid NOT NULL REFERENCES settlement.asked_acts,
    number        integer NOT NULL CHECK (number > 0),
    bytes         bytea NOT NULL CHECK (octet_length(bytes) BETWEEN 1 AND 1232),
    nonce_account text COLLATE "C" NOT NULL,
    value         text COLLATE "C" NOT NULL,
    signed_slot   bigint NOT NULL CHECK (signed_slot >= 0),
    by            text COLLATE "C" NOT NULL,
    at            timestamptz NOT NULL,
    PRIMARY KEY (act, number)
);

GRANT SELECT, INSERT ON settlement.asked_acts, settlement.hand_signatures TO stk_service;
GRANT UPDATE (approved_at) ON settlement.asked_acts TO stk_service;
