-- What a closed week gave somebody is corrected, and months of a service follow one another.

-- Never changed but for its reason, which is free text, so that it can be erased. revision: of the statement, without a gap
-- from 2; 1 is the statement itself, or that there was none. level: the participant's in that week, where it gave no
-- statement. transaction_id: what moved it.
CREATE TABLE weeks.corrections (
    week           integer NOT NULL REFERENCES weeks.runs,
    participant    bigint NOT NULL,
    revision       integer NOT NULL CHECK (revision > 1),
    transaction_id uuid NOT NULL UNIQUE,
    amount_micro   bigint NOT NULL CHECK (amount_micro <> 0),
    level          smallint CHECK (level > 0),
    at             timestamptz NOT NULL,
    by             text NOT NULL,
    reason         text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 280),
    PRIMARY KEY (participant, week, revision)
);

GRANT SELECT, INSERT ON weeks.corrections TO stk_service;

-- A month that follows: first is the entitlement that was bought, number counts what followed it. Its instants are told from
-- the first one's begin, so that no month is lost or given twice where months are of unequal length.
ALTER TABLE spending.entitlements
    ADD COLUMN first uuid,
    ADD COLUMN number integer CHECK (number > 0),
    ADD CONSTRAINT entitlements_follow CHECK ((first IS NULL) = (number IS NULL) AND (first IS NULL OR months IS NOT NULL));

CREATE UNIQUE INDEX entitlements_once_a_month ON spending.entitlements (first, number) WHERE first IS NOT NULL;
CREATE INDEX entitlements_by_end ON spending.entitlements (ends_at) WHERE months IS NOT NULL AND ended_at IS NULL;

-- What participants say about renewing what they have bought; the last counts. entitlement: the first one's. max_price_micro:
-- of one renewal, NULL where it is off. transaction_id: of the purchase that said so.
CREATE TABLE spending.renewal_choices (
    number          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    entitlement     uuid NOT NULL,
    is_on           boolean NOT NULL,
    max_price_micro bigint CHECK (max_price_micro > 0),
    at              timestamptz NOT NULL,
    transaction_id  uuid UNIQUE,
    CHECK (is_on = (max_price_micro IS NOT NULL))
);

CREATE INDEX renewal_choices_by_entitlement ON spending.renewal_choices (entitlement, number);

-- What has become of a renewal, a row an attempt; attempt 0 is that the participant was told of it. outcome: see
-- RenewalOutcome, 2 is paid. price_micro: the price then. missing_micro: where the balance was too small.
CREATE TABLE spending.renewal_attempts (
    entitlement    uuid NOT NULL,
    number         integer NOT NULL CHECK (number > 0),
    attempt        smallint NOT NULL CHECK (attempt BETWEEN 0 AND 3),
    outcome        smallint NOT NULL CHECK (outcome BETWEEN 1 AND 8 AND (outcome = 1) = (attempt = 0)),
    price_micro    bigint NOT NULL CHECK (price_micro > 0),
    missing_micro  bigint CHECK (missing_micro > 0),
    at             timestamptz NOT NULL,
    transaction_id uuid UNIQUE,
    PRIMARY KEY (entitlement, number, attempt),
    CHECK ((outcome = 2) = (transaction_id IS NOT NULL)),
    CHECK ((outcome = 3) = (missing_micro IS NOT NULL))
);

CREATE UNIQUE INDEX renewal_attempts_paid_once ON spending.renewal_attempts (entitlement, number) WHERE outcome = 2;

-- The last day whose renewals are done.
CREATE TABLE spending.renewal_progress (
    one     boolean PRIMARY KEY DEFAULT true CHECK (one),
    done_to date NOT NULL
);

GRANT SELECT, INSERT ON spending.renewal_choices, spending.renewal_attempts TO stk_service;
GRANT SELECT, INSERT, UPDATE ON spending.renewal_progress TO stk_service;
