-- Operators see and steer settlement.

-- A pause of payouts. because: 1 an operator, 2 a mismatch, 3 recovery. by: the operator's subject; NULL where the service has paused
-- by itself. approval: by which two persons have ended it; one alone ends what an operator began. By the economy's clock.
CREATE TABLE settlement.pauses (
    number       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    because      smallint NOT NULL CHECK (because BETWEEN 1 AND 3),
    since        timestamptz NOT NULL,
    by           text COLLATE "C",
    details      text NOT NULL,
    ended_at     timestamptz,
    ended_by     text COLLATE "C",
    ended_reason text,
    approval     uuid REFERENCES approvals.requests,
    CHECK ((ended_at IS NULL) = (ended_by IS NULL)),
    CHECK (because <> 1 OR by IS NOT NULL),
    CHECK (ended_at IS NULL OR because = 1 OR approval IS NOT NULL)
);

CREATE UNIQUE INDEX pauses_one_open ON settlement.pauses ((true)) WHERE ended_at IS NULL;

-- What two operators have said of an act that is uncertain. signature: of what has landed; NULL where it can never land. at: by the
-- economy's clock. reply: what a fresh look has made of it: 1 done, 2 a node shows otherwise, 3 no node has answered, 4 it was not
-- uncertain any more; NULL until then. replied_at: the host's.
CREATE TABLE settlement.decisions (
    approval    uuid PRIMARY KEY REFERENCES approvals.requests,
    act         uuid NOT NULL REFERENCES settlement.acts,
    signature   text COLLATE "C",
    asked_by    text COLLATE "C" NOT NULL,
    approved_by text COLLATE "C" NOT NULL,
    reason      text NOT NULL,
    at          timestamptz NOT NULL,
    reply       smallint CHECK (reply BETWEEN 1 AND 4),
    why         text,
    replied_at  timestamptz,
    CHECK ((reply IS NULL) = (replied_at IS NULL))
);

CREATE UNIQUE INDEX decisions_open ON settlement.decisions (act) WHERE reply IS NULL;
CREATE INDEX decisions_of_act ON settlement.decisions (act);
CREATE INDEX acts_by_time ON settlement.acts (at, id);
CREATE INDEX attempts_by_time ON settlement.attempts (signed_at);
CREATE INDEX payouts_taken ON settlement.payouts (number) WHERE state = 2;

-- What was held before there were rows of it.
INSERT INTO settlement.pauses (because, since, by, details)
SELECT paused_because, paused_since, CASE paused_because WHEN 1 THEN 'an earlier build' END, 'of an earlier build'
FROM settlement.state WHERE paused_because IS NOT NULL;

GRANT UPDATE (paused_because, paused_since) ON settlement.state TO stk_service;
GRANT SELECT, INSERT ON settlement.pauses, settlement.decisions TO stk_service;
GRANT UPDATE (ended_at, ended_by, ended_reason, approval) ON settlement.pauses TO stk_service;
GRANT UPDATE (reply, why, replied_at) ON settlement.decisions TO stk_service;
