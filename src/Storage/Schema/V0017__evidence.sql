-- Evidence for and against frozen rewards: what events say of events, and the border between intake and a day's decisions.

CREATE SCHEMA vesting;

-- The border: intake of evidence reads its earner's row FOR SHARE, a day's run updates it before it decides. So what was
-- answered 'applied' before is seen, and what comes after is 'late'. decided_to: the last day that was decided.
CREATE TABLE vesting.shards (
    shard      smallint PRIMARY KEY CHECK (shard BETWEEN 0 AND 63),
    decided_to date
);

INSERT INTO vesting.shards (shard) SELECT generate_series(0, 63);

-- What an event of evidence says, beside its row in activity.events. event: properties.for, the uuid that it speaks of; it
-- takes effect where source, participant and type agree with that one's, whichever of the two came first.
CREATE TABLE vesting.evidence (
    source_id integer NOT NULL,
    uuid      uuid NOT NULL,
    event     uuid NOT NULL,
    approved  boolean,
    rating    smallint CHECK (rating BETWEEN 1 AND 5),
    PRIMARY KEY (uuid, source_id),
    FOREIGN KEY (uuid, source_id) REFERENCES activity.events (uuid, source_id)
);

CREATE INDEX evidence_by_event ON vesting.evidence (event);

-- Whom an event says its participant has brought: an outside id, so that it can be erased.
CREATE TABLE vesting.referrals (
    source_id integer NOT NULL,
    uuid      uuid NOT NULL,
    referred  text COLLATE "C" NOT NULL CHECK (char_length(referred) BETWEEN 1 AND 200),
    PRIMARY KEY (uuid, source_id),
    FOREIGN KEY (uuid, source_id) REFERENCES activity.events (uuid, source_id)
);

CREATE INDEX referrals_by_referred ON vesting.referrals (referred);

-- A grant is open until a day's run or an operator decides it, once, whole. Neither column is hashed.
ALTER TABLE weeks.grants ADD COLUMN shard smallint, ADD COLUMN decided_on date;
UPDATE weeks.grants SET shard = participant.shard
FROM activity.participants participant WHERE participant.number = grants.participant;

-- A silo of the build before does not say the shard.
CREATE FUNCTION weeks.grant_shard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
    NEW.shard := (SELECT shard FROM activity.participants WHERE number = NEW.participant);
    RETURN NEW;
END
$body$;

CREATE TRIGGER grant_shard BEFORE INSERT ON weeks.grants FOR EACH ROW WHEN (NEW.shard IS NULL)
EXECUTE FUNCTION weeks.grant_shard();

ALTER TABLE weeks.grants ALTER COLUMN shard SET NOT NULL;

-- What is open, by shard and day: a million that are frozen cost a day's run no more than those that are due.
DROP INDEX weeks.grants_by_unlock;
CREATE INDEX grants_open ON weeks.grants (shard, unlocks_on) WHERE decided_on IS NULL;

GRANT USAGE ON SCHEMA vesting TO stk_service;
GRANT SELECT, INSERT ON vesting.evidence, vesting.referrals TO stk_service;
GRANT SELECT, UPDATE ON vesting.shards TO stk_service;
