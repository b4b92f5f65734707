-- Who has read a named person's data: operators and auditors, who see everybody.

CREATE SCHEMA traces;

-- participant is a number, so that the person can be erased. at, and the days that a row is kept: by real time. what: the
-- operation's name, as the API's description has it. reason: where notes were shown.
CREATE TABLE traces.reads (
    id          uuid PRIMARY KEY,
    at          timestamptz NOT NULL,
    by          text NOT NULL,
    role        text COLLATE "C" NOT NULL,
    participant bigint NOT NULL REFERENCES activity.participants,
    what        text COLLATE "C" NOT NULL,
    reason      text
);

CREATE INDEX reads_by_time ON traces.reads (at);
CREATE INDEX reads_by_participant ON traces.reads (participant, at);

-- The services may not delete: what has ended goes, and nothing else.
CREATE FUNCTION traces.drop_ended() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
    WITH dropped AS (DELETE FROM traces.reads WHERE at < now() - interval '400 days' RETURNING 1)
    SELECT count(*) FROM dropped
$body$;

REVOKE ALL ON FUNCTION traces.drop_ended() FROM PUBLIC;
GRANT USAGE ON SCHEMA traces TO stk_service;
GRANT EXECUTE ON FUNCTION traces.drop_ended() TO stk_service;
GRANT SELECT, INSERT ON traces.reads TO stk_service;
