-- What becomes of frozen rewards: decided once, stored first, and posted from what is stored.

-- The last day whose run has decided everything and paid it out.
CREATE TABLE vesting.progress (
    one        boolean PRIMARY KEY DEFAULT true CHECK (one),
    decided_to date NOT NULL
);

-- What a fund's spending has frozen is decided as weekly rewards are. Neither column is hashed.
ALTER TABLE spending.fund_grants ADD COLUMN shard smallint, ADD COLUMN decided_on date;
UPDATE spending.fund_grants SET shard = participant.shard
FROM activity.participants participant WHERE participant.number = fund_grants.participant;

CREATE TRIGGER fund_grant_shard BEFORE INSERT ON spending.fund_grants FOR EACH ROW WHEN (NEW.shard IS NULL)
EXECUTE FUNCTION weeks.grant_shard();

ALTER TABLE spending.fund_grants ALTER COLUMN shard SET NOT NULL;

DROP INDEX spending.fund_grants_by_unlock;
CREATE INDEX fund_grants_open ON spending.fund_grants (shard, unlocks_on) WHERE decided_on IS NULL;
CREATE INDEX fund_grants_by_participant ON spending.fund_grants (participant);

-- A row a grant, and never changed but for sequence: the journal's commit that paid it out, NULL until it has. week and type
-- are of a weekly reward's, granted of what a fund's spending froze: the transaction that did. transaction_id: of the cause,
-- what pays it out. decided_on: the day of the run, or the operator's; decided_at: by the economy's clock. reason: 1 nothing was
-- open, 2 the wait was over, 3 an operator. settled_to: the last week that was settled then, with all before it: a referral
-- waits for weeks. by and because: of an operator; person: whose signature alone releases it.
CREATE TABLE vesting.decisions (
    transaction_id  uuid PRIMARY KEY,
    participant     bigint NOT NULL,
    shard           smallint NOT NULL CHECK (shard BETWEEN 0 AND 63),
    week            integer,
    type            text COLLATE "C",
    vests_days      smallint NOT NULL CHECK (vests_days > 0),
    granted         uuid UNIQUE REFERENCES spending.fund_grants,
    released_micro  bigint NOT NULL CHECK (released_micro >= 0),
    cancelled_micro bigint NOT NULL CHECK (cancelled_micro >= 0),
    reason          smallint NOT NULL CHECK (reason BETWEEN 1 AND 3),
    decided_on      date NOT NULL,
    decided_at      timestamptz NOT NULL,
    settled_to      integer,
    by              text,
    because         text,
    person          text COLLATE "C",
    sequence        bigint,
    UNIQUE (participant, week, type, vests_days),
    FOREIGN KEY (participant, week, type, vests_days) REFERENCES weeks.grants,
    CHECK (released_micro + cancelled_micro > 0),
    CHECK ((week IS NULL) = (type IS NULL) AND (week IS NULL) = (granted IS NOT NULL)),
    CHECK ((reason = 3) = (by IS NOT NULL) AND (by IS NULL) = (because IS NULL)),
    CHECK (person IS NULL OR (by IS NOT NULL AND released_micro > 0))
);

CREATE INDEX decisions_by_person ON vesting.decisions (person, decided_at) WHERE person IS NOT NULL;
CREATE INDEX decisions_by_receiver ON vesting.decisions (participant, decided_at) WHERE person IS NOT NULL;

CREATE INDEX decisions_unposted ON vesting.decisions (shard, transaction_id) WHERE sequence IS NULL;
CREATE INDEX decisions_by_day ON vesting.decisions (decided_on);

-- A row a counted event of a weekly reward, in their order. verdict: 1 release, 2 cancel. cause: as the rules number it.
-- evidence: the event that said so.
CREATE TABLE vesting.verdicts (
    transaction_id uuid NOT NULL REFERENCES vesting.decisions,
    place          integer NOT NULL CHECK (place >= 0),
    source_id      integer NOT NULL,
    uuid           uuid NOT NULL,
    verdict        smallint NOT NULL CHECK (verdict IN (1, 2)),
    cause          smallint NOT NULL CHECK (cause > 0),
    amount_micro   bigint NOT NULL CHECK (amount_micro >= 0),
    evidence       uuid,
    PRIMARY KEY (transaction_id, place)
);

-- All that a participant was given on one person's signature alone. No fund pays a release: it had paid before.
CREATE VIEW approvals.given AS
SELECT transaction_id, person, receiver, fund, amount_micro, at FROM approvals.signatures
UNION ALL
SELECT transaction_id, person, participant, NULL::smallint, released_micro, decided_at
FROM vesting.decisions WHERE person IS NOT NULL;

GRANT SELECT ON approvals.given TO stk_service;
GRANT SELECT, INSERT, UPDATE ON vesting.progress TO stk_service;
GRANT SELECT, INSERT, UPDATE (sequence) ON vesting.decisions TO stk_service;
GRANT SELECT, INSERT ON vesting.verdicts TO stk_service;
GRANT UPDATE (decided_on) ON weeks.grants, spending.fund_grants TO stk_service;
