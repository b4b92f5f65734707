-- What the signer refuses, and what becomes of it.

-- An act that the signer has refused, by rule. payout: the one that it has named last; NULL where it is about all. times: how often.
-- Instants are the host's. Never deleted.
CREATE TABLE settlement.refusals (
    act      uuid NOT NULL REFERENCES settlement.acts,
    rule     text COLLATE "C" NOT NULL,
    why      text NOT NULL,
    payout   uuid,
    times    integer NOT NULL DEFAULT 1 CHECK (times > 0),
    first_at timestamptz NOT NULL,
    last_at  timestamptz NOT NULL,
    PRIMARY KEY (act, rule)
);

CREATE INDEX refusals_by_time ON settlement.refusals (last_at);

-- refused_by: the rule by which a payout was set aside last: from then on it goes alone. again_at: not before; the host's clock.
ALTER TABLE settlement.payouts
    ADD COLUMN refused_by text COLLATE "C",
    ADD COLUMN again_at timestamptz,
    ADD CONSTRAINT payouts_set_aside CHECK ((refused_by IS NULL) = (again_at IS NULL)),
    DROP CONSTRAINT payouts_reason_check,
    ADD CONSTRAINT payouts_reason_check CHECK (reason BETWEEN 1 AND 6);

-- 4: as much as may leave on this day has left. 7: the float's lamports are below their floor. 5 and 6 are a payout's own.
ALTER TABLE settlement.state
    DROP CONSTRAINT state_held_by_check,
    ADD CONSTRAINT state_held_by_check CHECK (held_by BETWEEN 1 AND 7);

GRANT SELECT, INSERT ON settlement.refusals TO stk_service;
GRANT UPDATE (why, payout, times, last_at) ON settlement.refusals TO stk_service;
GRANT UPDATE (refused_by, again_at) ON settlement.payouts TO stk_service;
