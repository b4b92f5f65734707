-- What somebody is refused, and what participants write that moves nothing, is answered again as long as a delayed copy of
-- it may come: 30 days, as the ledger keeps its own refusals. These days are the database's own, not the economy's.
ALTER TABLE spending.requests ADD COLUMN written_on date NOT NULL DEFAULT (now() AT TIME ZONE 'UTC')::date;
CREATE INDEX requests_by_day_of_refusal ON spending.requests (written_on) WHERE refusal IS NOT NULL;

-- NULL: for ever.
ALTER TABLE economy.answers ADD COLUMN ends_on date;
CREATE INDEX answers_by_end ON economy.answers (ends_on) WHERE ends_on IS NOT NULL;

-- The services may not delete: what was done stays. What has ended goes, whole days of it.
CREATE FUNCTION spending.drop_refusals() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
    WITH dropped AS (
        DELETE FROM spending.requests
        WHERE refusal IS NOT NULL AND written_on < (now() AT TIME ZONE 'UTC')::date - 30 RETURNING 1)
    SELECT count(*) FROM dropped
$body$;

CREATE FUNCTION economy.drop_answers() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
    WITH dropped AS (
        DELETE FROM economy.answers WHERE ends_on < (now() AT TIME ZONE 'UTC')::date RETURNING 1)
    SELECT count(*) FROM dropped
$body$;

REVOKE ALL ON FUNCTION spending.drop_refusals(), economy.drop_answers() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION spending.drop_refusals(), economy.drop_answers() TO stk_service;
