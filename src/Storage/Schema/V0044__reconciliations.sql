-- Ledger and chain held against each other.

-- One a reconciliation. cause: 1 an hour is over, 2 a week's payouts are written, 3 an operator has asked, 4 a difference was found.
-- week: the last whose payouts were written. at: when it was done; NULL until then. Instants are the host's; those of operators the
-- economy's. slot: up to which our accounts were read, and sequence: the ledger's head then. Sums are in micro-STK: supply, vault and
-- float on chain; in_flight: of acts that have not ended; outside: the supply less vault and float; issued and ledger_burned by the
-- ledger; minted and burned by our acts, on chain. details: what does not match, a sentence each.
CREATE TABLE settlement.reconciliations (
    number              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cause               smallint NOT NULL CHECK (cause BETWEEN 1 AND 4),
    asked_by            text COLLATE "C",
    asked_at            timestamptz NOT NULL,
    at                  timestamptz,
    week                integer,
    slot                bigint,
    sequence            bigint,
    supply_micro        bigint,
    vault_micro         bigint,
    float_micro         bigint,
    in_flight_micro     bigint,
    outside_micro       bigint,
    suspense_micro      bigint,
    issued_micro        bigint,
    minted_micro        bigint,
    burned_micro        bigint,
    ledger_burned_micro bigint,
    matches             boolean,
    details             text[] NOT NULL DEFAULT '{}',
    CHECK ((cause = 3) = (asked_by IS NOT NULL)),
    CHECK (num_nulls(
        at, slot, sequence, supply_micro, vault_micro, float_micro, in_flight_micro, outside_micro, suspense_micro, issued_micro,
        minted_micro, burned_micro, ledger_burned_micro, matches) IN (0, 14)),
    CHECK (coalesce(matches, false) = (matches IS NOT NULL AND cardinality(details) = 0))
);

CREATE INDEX reconciliations_open ON settlement.reconciliations (number) WHERE at IS NULL;

-- kind: 2 our accounts hold less than what all that is known of them comes to, 3 there are more STK on chain than were minted.
-- covered_by: the transaction that has made it good; nothing else ends a difference. approval: by which two persons have said so.
ALTER TABLE settlement.differences
    ALTER COLUMN account DROP NOT NULL,
    ALTER COLUMN signature DROP NOT NULL,
    ADD COLUMN covered_by uuid,
    ADD COLUMN covered_at timestamptz,
    ADD COLUMN approval uuid REFERENCES approvals.requests,
    DROP CONSTRAINT differences_kind_check,
    ADD CONSTRAINT differences_kind_check CHECK (kind BETWEEN 1 AND 3),
    ADD CONSTRAINT differences_place CHECK ((kind = 1) = (account IS NOT NULL AND signature IS NOT NULL)),
    ADD CONSTRAINT differences_covered CHECK (num_nulls(covered_by, covered_at, approval) IN (0, 3));

CREATE INDEX differences_open ON settlement.differences (number) WHERE covered_by IS NULL;

GRANT SELECT, INSERT ON settlement.reconciliations TO stk_service;
GRANT UPDATE (
    at, week, slot, sequence, supply_micro, vault_micro, float_micro, in_flight_micro, outside_micro, suspense_micro, issued_micro,
    minted_micro, burned_micro, ledger_burned_micro, matches, details) ON settlement.reconciliations TO stk_service;
GRANT UPDATE (covered_by, covered_at, approval) ON settlement.differences TO stk_service;
