-- What the scripts of this folder make, for reading alone: no program runs it. Made by PostgreSQL 15.
CREATE SCHEMA activity;

CREATE SCHEMA approvals;

CREATE SCHEMA audit;

CREATE SCHEMA economy;

CREATE SCHEMA inactivity;

CREATE SCHEMA ledger;

CREATE SCHEMA notices;

CREATE SCHEMA operators;

CREATE SCHEMA orleans;

CREATE SCHEMA revocations;

CREATE SCHEMA schedule;

CREATE SCHEMA sessions;

CREATE SCHEMA settlement;

CREATE SCHEMA sources;

CREATE SCHEMA spending;

CREATE SCHEMA storage;

CREATE SCHEMA suspensions;

CREATE SCHEMA traces;

CREATE SCHEMA vesting;

CREATE SCHEMA weeks;

CREATE FUNCTION activity.survivors(of_week integer) RETURNS TABLE(identity bigint, survivor bigint, shard smallint)
    LANGUAGE sql STABLE
    AS $$
    SELECT link.identity, link.survivor,
        (SELECT participant.shard FROM activity.participants participant WHERE participant.number = link.survivor)
    FROM activity.links link
    WHERE link.survivor <> link.identity AND link.after_week < of_week
        AND NOT EXISTS (
            SELECT FROM activity.links later
            WHERE later.identity = link.identity AND later.number > link.number AND later.after_week < of_week)
$$;

CREATE FUNCTION economy.drop_answers() RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    WITH dropped AS (
        DELETE FROM economy.answers WHERE ends_on < (now() AT TIME ZONE 'UTC')::date RETURNING 1)
    SELECT count(*) FROM dropped
$$;

CREATE FUNCTION orleans.clear_storage(id_hash integer, n0 bigint, n1 bigint, type_hash integer, type_string text, extension text, service text, expected_version integer) RETURNS TABLE(newgrainstateversion integer)
    LANGUAGE plpgsql
    AS $$
DECLARE
    written integer;
BEGIN
    UPDATE orleans.OrleansStorage AS s
    SET PayloadBinary = NULL, ModifiedOn = now() AT TIME ZONE 'utc', Version = s.Version + 1
    WHERE s.GrainIdHash = id_hash AND s.GrainTypeHash = type_hash AND s.GrainIdN0 = n0 AND s.GrainIdN1 = n1
        AND s.ServiceId = service AND s.GrainTypeString = type_string
        AND s.GrainIdExtensionString IS NOT DISTINCT FROM extension AND s.Version = expected_version
    RETURNING s.Version INTO written;
    RETURN QUERY SELECT coalesce(written, expected_version);
END
$$;

CREATE FUNCTION orleans.delete_storage(id_hash integer, n0 bigint, n1 bigint, type_hash integer, type_string text, extension text, service text, expected_version integer) RETURNS TABLE(newgrainstateversion integer)
    LANGUAGE plpgsql
    AS $$
DECLARE
    deleted integer;
BEGIN
    DELETE FROM orleans.OrleansStorage AS s
    WHERE s.GrainIdHash = id_hash AND s.GrainTypeHash = type_hash AND s.GrainIdN0 = n0 AND s.GrainIdN1 = n1
        AND s.ServiceId = service AND s.GrainTypeString = type_string
        AND s.GrainIdExtensionString IS NOT DISTINCT FROM extension AND s.Version = expected_version
    RETURNING s.Version + 1 INTO deleted;
    RETURN QUERY SELECT coalesce(deleted, expected_version);
END
$$;

CREATE FUNCTION orleans.insert_membership(deployment text, silo_address text, silo_port integer, silo_generation integer, silo_name text, host_name text, silo_status integer, proxy_port integer, started timestamp with time zone, alive timestamp with time zone, expected_version integer) RETURNS integer
    LANGUAGE plpgsql
    AS $$
DECLARE
    written integer;
BEGIN
    PERFORM FROM orleans.OrleansMembershipVersionTable
    WHERE DeploymentId = deployment AND Version = expected_version
    FOR UPDATE;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;

    INSERT INTO orleans.OrleansMembershipTable (
        DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
    VALUES (
        deployment, silo_address, silo_port, silo_generation, silo_name, host_name, silo_status, proxy_port, started,
        alive)
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS written = ROW_COUNT;
    IF written = 1 THEN
        UPDATE orleans.OrleansMembershipVersionTable SET Version = Version + 1, Timestamp = now()
        WHERE DeploymentId = deployment;
    END IF;

    RETURN written;
END
$$;

CREATE FUNCTION orleans.insert_membership_version(deployment text) RETURNS integer
    LANGUAGE plpgsql
    AS $$
DECLARE
    written integer;
BEGIN
    INSERT INTO orleans.OrleansMembershipVersionTable (DeploymentId) VALUES (deployment) ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS written = ROW_COUNT;
    RETURN written;
END
$$;

CREATE FUNCTION orleans.update_membership(deployment text, silo_address text, silo_port integer, silo_generation integer, silo_status integer, suspect_times text, alive timestamp with time zone, expected_version integer) RETURNS integer
    LANGUAGE plpgsql
    AS $$
DECLARE
    written integer;
BEGIN
    PERFORM FROM orleans.OrleansMembershipVersionTable
    WHERE DeploymentId = deployment AND Version = expected_version
    FOR UPDATE;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;

    UPDATE orleans.OrleansMembershipTable
    SET Status = silo_status, SuspectTimes = suspect_times, IAmAliveTime = alive
    WHERE DeploymentId = deployment AND Address = silo_address AND Port = silo_port AND Generation = silo_generation;
    GET DIAGNOSTICS written = ROW_COUNT;
    IF written = 1 THEN
        UPDATE orleans.OrleansMembershipVersionTable SET Version = Version + 1, Timestamp = now()
        WHERE DeploymentId = deployment;
    END IF;

    RETURN written;
END
$$;

CREATE FUNCTION orleans.write_to_storage(id_hash integer, n0 bigint, n1 bigint, type_hash integer, type_string text, extension text, service text, expected_version integer, payload bytea) RETURNS TABLE(newgrainstateversion integer)
    LANGUAGE plpgsql
    AS $$
DECLARE
    written integer;
BEGIN
    IF expected_version IS NULL THEN
        INSERT INTO orleans.OrleansStorage AS s (
            GrainIdHash, GrainIdN0, GrainIdN1, GrainTypeHash, GrainTypeString, GrainIdExtensionString, ServiceId,
            PayloadBinary, ModifiedOn, Version)
        VALUES (
            id_hash, n0, n1, type_hash, type_string, extension, service, payload, now() AT TIME ZONE 'utc', 1)
        ON CONFLICT DO NOTHING
        RETURNING s.Version INTO written;
    ELSE
        UPDATE orleans.OrleansStorage AS s
        SET PayloadBinary = payload, ModifiedOn = now() AT TIME ZONE 'utc', Version = s.Version + 1
        WHERE s.GrainIdHash = id_hash AND s.GrainTypeHash = type_hash AND s.GrainIdN0 = n0 AND s.GrainIdN1 = n1
            AND s.ServiceId = service AND s.GrainTypeString = type_string
            AND s.GrainIdExtensionString IS NOT DISTINCT FROM extension AND s.Version = expected_version
        RETURNING s.Version INTO written;
    END IF;

    RETURN QUERY SELECT coalesce(written, expected_version);
END
$$;

CREATE FUNCTION spending.drop_refusals() RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    WITH dropped AS (
        DELETE FROM spending.requests
        WHERE refusal IS NOT NULL AND written_on < (now() AT TIME ZONE 'UTC')::date - 30 RETURNING 1)
    SELECT count(*) FROM dropped
$$;

CREATE FUNCTION storage.expect(holds boolean, what text) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF holds IS NOT TRUE THEN
        RAISE EXCEPTION 'no longer so: %', what USING ERRCODE = 'STK02';
    END IF;
END
$$;

CREATE FUNCTION storage.expect_rows(subject text, actual bigint, expected bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF actual <> expected THEN
        RAISE EXCEPTION '% rows of % touched, % expected', actual, subject, expected USING ERRCODE = 'STK01';
    END IF;
END
$$;

CREATE FUNCTION traces.drop_ended() RETURNS bigint
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    WITH dropped AS (DELETE FROM traces.reads WHERE at < now() - interval '400 days' RETURNING 1)
    SELECT count(*) FROM dropped
$$;

CREATE FUNCTION weeks.grant_shard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    NEW.shard := (SELECT shard FROM activity.participants WHERE number = NEW.participant);
    RETURN NEW;
END
$$;

CREATE TABLE activity.events (
    source_id integer NOT NULL,
    uuid uuid NOT NULL,
    participant bigint NOT NULL,
    week integer NOT NULL,
    day date NOT NULL,
    shard smallint NOT NULL,
    outcome smallint NOT NULL,
    days smallint,
    level smallint,
    at timestamp with time zone NOT NULL,
    retracts uuid,
    type text NOT NULL COLLATE pg_catalog."C",
    received_at timestamp with time zone,
    CONSTRAINT events_outcome_check CHECK ((outcome = ANY (ARRAY[1, 2, 4, 5, 6])))
);

CREATE TABLE activity.links (
    number integer NOT NULL,
    identity bigint NOT NULL,
    survivor bigint NOT NULL,
    after_week integer NOT NULL,
    at timestamp with time zone NOT NULL,
    by text NOT NULL,
    reason text NOT NULL,
    merge uuid
);

CREATE VIEW activity.linked AS
 SELECT link.identity,
    link.survivor
   FROM activity.links link
  WHERE ((link.survivor <> link.identity) AND (NOT (EXISTS ( SELECT
           FROM activity.links later
          WHERE ((later.identity = link.identity) AND (later.number > link.number))))));

CREATE TABLE sources.void_lifts (
    void uuid NOT NULL,
    approval uuid NOT NULL,
    until_week integer NOT NULL,
    reason text NOT NULL,
    asked_by text NOT NULL,
    approved_by text NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE sources.voids (
    id uuid NOT NULL,
    source_id integer NOT NULL,
    received_from timestamp with time zone NOT NULL,
    received_to timestamp with time zone NOT NULL,
    types text[],
    after_week integer NOT NULL,
    reason text NOT NULL,
    asked_by text NOT NULL,
    approved_by text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT voids_check CHECK ((received_to > received_from)),
    CONSTRAINT voids_types_check CHECK ((cardinality(types) > 0))
);

CREATE VIEW sources.voids_in_force AS
 SELECT void.id,
    void.source_id,
    void.received_from,
    void.received_to,
    void.types,
    void.after_week,
    lift.until_week
   FROM (sources.voids void
     LEFT JOIN sources.void_lifts lift ON ((lift.void = void.id)));

CREATE VIEW activity.live_events AS
 SELECT event.source_id,
    event.uuid,
    event.participant,
    event.week,
    event.day,
    event.shard,
    event.outcome,
    event.days,
    event.level,
    event.at,
    event.retracts,
    event.type,
    event.received_at
   FROM activity.events event
  WHERE ((event.outcome <> 4) AND (NOT (EXISTS ( SELECT
           FROM activity.events retraction
          WHERE ((retraction.retracts = event.uuid) AND (retraction.source_id = event.source_id) AND (retraction.participant = event.participant) AND (retraction.type = (event.type || 'Retracted'::text)) AND (retraction.outcome <> 4) AND (NOT (EXISTS ( SELECT
                   FROM sources.voids_in_force void
                  WHERE ((void.source_id = retraction.source_id) AND (event.week > void.after_week) AND ((void.until_week IS NULL) OR (event.week <= void.until_week)) AND (retraction.received_at >= void.received_from) AND (retraction.received_at < void.received_to) AND ((void.types IS NULL) OR (retraction.type = ANY (void.types))))))))
         OFFSET 0))) AND (NOT (EXISTS ( SELECT
           FROM sources.voids_in_force void
          WHERE ((void.source_id = event.source_id) AND (event.week > void.after_week) AND ((void.until_week IS NULL) OR (event.week <= void.until_week)) AND (event.received_at >= void.received_from) AND (event.received_at < void.received_to) AND ((void.types IS NULL) OR (event.type = ANY (void.types))))))));

CREATE TABLE activity.merges (
    id uuid NOT NULL,
    merged bigint NOT NULL,
    survivor bigint NOT NULL,
    identities integer NOT NULL,
    at timestamp with time zone NOT NULL,
    by text NOT NULL,
    reason text NOT NULL,
    undone_at timestamp with time zone,
    undone_by text,
    undone_reason text,
    CONSTRAINT merges_check CHECK ((merged <> survivor)),
    CONSTRAINT merges_check1 CHECK ((num_nulls(undone_at, undone_by, undone_reason) = ANY (ARRAY[0, 3]))),
    CONSTRAINT merges_identities_check CHECK ((identities > 0))
);

CREATE TABLE activity.participants (
    number bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    shard smallint NOT NULL,
    registered_at timestamp with time zone NOT NULL,
    CONSTRAINT participants_id_check CHECK (((char_length(id) >= 1) AND (char_length(id) <= 200))),
    CONSTRAINT participants_shard_check CHECK (((shard >= 0) AND (shard <= 63)))
);

ALTER TABLE activity.participants ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME activity.participants_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE activity.profile_changes (
    uuid uuid NOT NULL,
    participant bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    level smallint,
    excluded boolean,
    reason text NOT NULL,
    by text NOT NULL,
    stands boolean DEFAULT true NOT NULL,
    takes_back_level boolean DEFAULT false NOT NULL,
    takes_back_exclusion boolean DEFAULT false NOT NULL,
    CONSTRAINT profile_changes_check CHECK (((NOT takes_back_level) OR (level IS NULL))),
    CONSTRAINT profile_changes_check1 CHECK (((NOT takes_back_exclusion) OR (excluded IS NULL))),
    CONSTRAINT profile_changes_level_check CHECK ((level > 0)),
    CONSTRAINT profile_changes_reason_check CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 8960)))
);

CREATE TABLE activity.sources (
    id integer NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    complete_to timestamp with time zone,
    required boolean DEFAULT false NOT NULL,
    settings json,
    CONSTRAINT sources_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200)))
);

ALTER TABLE activity.sources ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME activity.sources_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE activity.weeks (
    week integer NOT NULL,
    sealed_at timestamp with time zone
);

CREATE TABLE approvals.decisions (
    request uuid NOT NULL,
    is_approved boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    by text NOT NULL,
    person text NOT NULL COLLATE pg_catalog."C",
    reason text NOT NULL,
    decided_in uuid,
    transaction_id uuid,
    CONSTRAINT decisions_check CHECK ((is_approved OR (transaction_id IS NULL)))
);

CREATE TABLE approvals.signatures (
    transaction_id uuid NOT NULL,
    person text NOT NULL COLLATE pg_catalog."C",
    receiver bigint NOT NULL,
    fund smallint,
    amount_micro bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT signatures_amount_micro_check CHECK ((amount_micro > 0))
);

CREATE TABLE inactivity.appeals (
    id uuid NOT NULL,
    quarter integer NOT NULL,
    participant bigint NOT NULL,
    after_sequence bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    body text NOT NULL,
    state smallint DEFAULT 1 NOT NULL,
    CONSTRAINT appeals_after_sequence_check CHECK ((after_sequence >= 0)),
    CONSTRAINT appeals_state_check CHECK ((state = ANY (ARRAY[1, 2, 3])))
);

CREATE TABLE inactivity.decisions (
    appeal uuid NOT NULL,
    is_accepted boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    by text NOT NULL,
    reason text NOT NULL,
    decided_in uuid NOT NULL,
    transaction_id uuid,
    told boolean DEFAULT false NOT NULL,
    spared_micro bigint,
    person text COLLATE pg_catalog."C",
    CONSTRAINT decisions_check CHECK (((person IS NULL) = (spared_micro IS NULL))),
    CONSTRAINT decisions_check1 CHECK (((person IS NULL) OR (is_accepted AND (transaction_id IS NULL)))),
    CONSTRAINT decisions_spared_micro_check CHECK ((spared_micro > 0))
);

CREATE TABLE vesting.decisions (
    transaction_id uuid NOT NULL,
    participant bigint NOT NULL,
    shard smallint NOT NULL,
    week integer,
    type text COLLATE pg_catalog."C",
    vests_days smallint NOT NULL,
    granted uuid,
    released_micro bigint NOT NULL,
    cancelled_micro bigint NOT NULL,
    reason smallint NOT NULL,
    decided_on date NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    settled_to integer,
    by text,
    because text,
    person text COLLATE pg_catalog."C",
    sequence bigint,
    CONSTRAINT decisions_cancelled_micro_check CHECK ((cancelled_micro >= 0)),
    CONSTRAINT decisions_check CHECK (((released_micro + cancelled_micro) > 0)),
    CONSTRAINT decisions_check1 CHECK ((((week IS NULL) = (type IS NULL)) AND ((week IS NULL) = (granted IS NOT NULL)))),
    CONSTRAINT decisions_check2 CHECK ((((reason = 3) = (by IS NOT NULL)) AND ((by IS NULL) = (because IS NULL)))),
    CONSTRAINT decisions_check3 CHECK (((person IS NULL) OR ((by IS NOT NULL) AND (released_micro > 0)))),
    CONSTRAINT decisions_reason_check CHECK (((reason >= 1) AND (reason <= 3))),
    CONSTRAINT decisions_released_micro_check CHECK ((released_micro >= 0)),
    CONSTRAINT decisions_shard_check CHECK (((shard >= 0) AND (shard <= 63))),
    CONSTRAINT decisions_vests_days_check CHECK ((vests_days > 0))
);

CREATE VIEW approvals.given AS
 SELECT signatures.transaction_id,
    signatures.person,
    signatures.receiver,
    signatures.fund,
    signatures.amount_micro,
    signatures.at
   FROM approvals.signatures
UNION ALL
 SELECT decisions.transaction_id,
    decisions.person,
    decisions.participant AS receiver,
    NULL::smallint AS fund,
    decisions.released_micro AS amount_micro,
    decisions.decided_at AS at
   FROM vesting.decisions
  WHERE (decisions.person IS NOT NULL)
UNION ALL
 SELECT decision.appeal AS transaction_id,
    decision.person,
    appeal.participant AS receiver,
    NULL::smallint AS fund,
    decision.spared_micro AS amount_micro,
    decision.at
   FROM (inactivity.decisions decision
     JOIN inactivity.appeals appeal ON ((appeal.id = decision.appeal)))
  WHERE (decision.person IS NOT NULL);

CREATE TABLE approvals.requests (
    id uuid NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    act json NOT NULL,
    reason text NOT NULL,
    subject text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    asked_by text NOT NULL,
    person text NOT NULL COLLATE pg_catalog."C",
    gains_participants text[] NOT NULL,
    gains_persons text[] NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT requests_check CHECK ((expires_at > asked_at)),
    CONSTRAINT requests_kind_check CHECK ((kind ~ '^[a-z][a-z0-9.-]{0,63}$'::text))
);

CREATE TABLE audit.entries (
    sequence bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by text NOT NULL,
    action text NOT NULL COLLATE pg_catalog."C",
    text_hash bytea NOT NULL,
    hash bytea NOT NULL,
    signature bytea,
    CONSTRAINT entries_action_check CHECK ((action ~ '^[a-z][a-z0-9.-]{0,63}$'::text)),
    CONSTRAINT entries_hash_check CHECK ((octet_length(hash) = 32)),
    CONSTRAINT entries_signature_check CHECK ((octet_length(signature) = 64)),
    CONSTRAINT entries_text_hash_check CHECK ((octet_length(text_hash) = 32))
);

CREATE TABLE audit.head (
    one boolean DEFAULT true NOT NULL,
    sequence bigint NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT head_hash_check CHECK ((octet_length(hash) = 32)),
    CONSTRAINT head_one_check CHECK (one),
    CONSTRAINT head_sequence_check CHECK ((sequence >= 0))
);

CREATE TABLE audit.texts (
    sequence bigint NOT NULL,
    subject text NOT NULL,
    before text,
    after text NOT NULL,
    reason text,
    salt bytea NOT NULL,
    CONSTRAINT texts_salt_check CHECK ((octet_length(salt) = 16))
);

CREATE TABLE economy.answers (
    id uuid NOT NULL,
    fingerprint bytea NOT NULL,
    answer bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    ends_on date,
    CONSTRAINT answers_fingerprint_check CHECK ((octet_length(fingerprint) = 32))
);

CREATE TABLE economy.builds (
    endpoint text NOT NULL COLLATE pg_catalog."C",
    generation integer NOT NULL,
    sections text[] NOT NULL
);

CREATE TABLE economy.clock (
    one boolean DEFAULT true NOT NULL,
    now timestamp with time zone NOT NULL,
    reached timestamp with time zone NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT clock_check CHECK ((reached <= now)),
    CONSTRAINT clock_one_check CHECK (one)
);

CREATE TABLE orleans.orleansstorage (
    grainidhash integer NOT NULL,
    grainidn0 bigint NOT NULL,
    grainidn1 bigint NOT NULL,
    graintypehash integer NOT NULL,
    graintypestring character varying(512) NOT NULL,
    grainidextensionstring character varying(512),
    serviceid character varying(150) NOT NULL,
    payloadbinary bytea,
    modifiedon timestamp without time zone NOT NULL,
    version integer
);

CREATE VIEW economy.emission_progress AS
 SELECT ('0001-01-01'::date + ((stored.state ->> 'LastDayNumber'::text))::integer) AS last_day,
    COALESCE(((stored.state ->> 'Refusals'::text))::integer, 0) AS refusals
   FROM orleans.orleansstorage,
    LATERAL ( SELECT (convert_from(orleansstorage.payloadbinary, 'UTF8'::name))::json AS state) stored
  WHERE (((orleansstorage.graintypestring)::text = 'emission'::text) AND (orleansstorage.payloadbinary IS NOT NULL));

CREATE TABLE economy.genesis (
    one boolean DEFAULT true NOT NULL,
    at timestamp with time zone NOT NULL,
    set_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT genesis_one_check CHECK (one)
);

CREATE TABLE economy.heartbeat (
    one boolean DEFAULT true NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT heartbeat_one_check CHECK (one)
);

CREATE TABLE economy.resumes (
    approval uuid NOT NULL,
    paused_at timestamp with time zone NOT NULL,
    reason text NOT NULL,
    asked_by text NOT NULL,
    approved_by text NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE economy.rule_book_withdrawals (
    version integer NOT NULL,
    at timestamp with time zone NOT NULL,
    by text NOT NULL,
    approval uuid NOT NULL
);

CREATE TABLE economy.rule_books (
    version integer NOT NULL,
    effective_from integer NOT NULL,
    document bytea NOT NULL,
    announced_at timestamp with time zone NOT NULL,
    announced_by text NOT NULL,
    approval uuid,
    CONSTRAINT rule_books_version_check CHECK ((version > 0))
);

CREATE VIEW economy.schedule_pause AS
 SELECT (stored.state ->> 'PausedBecause'::text) AS paused_because,
    (stored.state ->> 'ResumedBy'::text) AS resumed_by,
    (stored.state ->> 'ResumedBecause'::text) AS resumed_because
   FROM orleans.orleansstorage,
    LATERAL ( SELECT (convert_from(orleansstorage.payloadbinary, 'UTF8'::name))::json AS state) stored
  WHERE (((orleansstorage.graintypestring)::text = 'schedule'::text) AND (orleansstorage.payloadbinary IS NOT NULL));

CREATE TABLE economy.sign_ins (
    code text NOT NULL COLLATE pg_catalog."C",
    expires timestamp with time zone NOT NULL,
    by text,
    at timestamp with time zone,
    CONSTRAINT sign_ins_check CHECK (((by IS NULL) = (at IS NULL)))
);

CREATE TABLE inactivity.credits (
    transaction_id uuid NOT NULL,
    quarter integer NOT NULL,
    participant bigint NOT NULL,
    cause smallint NOT NULL,
    week integer,
    amount_micro bigint NOT NULL,
    CONSTRAINT credits_amount_micro_check CHECK ((amount_micro > 0)),
    CONSTRAINT credits_cause_check CHECK ((cause = ANY (ARRAY[1, 2]))),
    CONSTRAINT credits_check CHECK (((week IS NULL) = (cause = 1)))
);

CREATE TABLE inactivity.debits (
    transaction_id uuid NOT NULL,
    quarter integer NOT NULL,
    participant bigint NOT NULL,
    attempt integer NOT NULL,
    amount_micro bigint NOT NULL,
    CONSTRAINT debits_amount_micro_check CHECK ((amount_micro > 0))
);

CREATE TABLE inactivity.earned (
    quarter integer NOT NULL,
    participant bigint NOT NULL,
    week integer NOT NULL,
    amount_micro bigint NOT NULL,
    CONSTRAINT earned_amount_micro_check CHECK ((amount_micro > 0))
);

CREATE TABLE inactivity.leaves (
    number integer NOT NULL,
    participant bigint NOT NULL,
    first_day date NOT NULL,
    last_day date,
    at timestamp with time zone NOT NULL,
    by text NOT NULL,
    reason text NOT NULL,
    CONSTRAINT leaves_check CHECK ((last_day >= first_day)),
    CONSTRAINT leaves_number_check CHECK ((number > 0)),
    CONSTRAINT leaves_reason_check CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 280)))
);

CREATE TABLE inactivity.lines (
    quarter integer NOT NULL,
    participant bigint NOT NULL,
    attempt integer NOT NULL,
    shard smallint NOT NULL,
    cause smallint NOT NULL,
    last_active date NOT NULL,
    inactive_days integer NOT NULL,
    rate_bp integer NOT NULL,
    base_micro bigint NOT NULL,
    base_sequence bigint NOT NULL,
    amount_micro bigint NOT NULL,
    outcome smallint NOT NULL,
    exclusion uuid,
    leaves_to integer NOT NULL,
    suspensions_to integer NOT NULL,
    CONSTRAINT lines_amount_micro_check CHECK ((amount_micro >= 0)),
    CONSTRAINT lines_attempt_check CHECK ((attempt > 0)),
    CONSTRAINT lines_cause_check CHECK ((cause = ANY (ARRAY[1, 2]))),
    CONSTRAINT lines_check CHECK (((amount_micro = 0) OR (outcome = 1))),
    CONSTRAINT lines_outcome_check CHECK (((outcome >= 1) AND (outcome <= 6)))
);

CREATE TABLE inactivity.parts (
    quarter integer NOT NULL,
    days smallint NOT NULL,
    first_shard smallint NOT NULL,
    people integer NOT NULL,
    amount_micro bigint NOT NULL,
    told integer,
    CONSTRAINT parts_told_check CHECK ((told >= 0))
);

CREATE TABLE inactivity.restorations (
    week integer NOT NULL,
    people integer NOT NULL,
    due_micro bigint NOT NULL,
    fund_micro bigint NOT NULL,
    is_paid boolean NOT NULL
);

CREATE TABLE inactivity.runs (
    quarter integer NOT NULL,
    days smallint NOT NULL,
    rules_version integer NOT NULL,
    sealed_to integer NOT NULL,
    leaves_to integer NOT NULL,
    suspensions_to integer NOT NULL,
    began_at timestamp with time zone NOT NULL,
    people integer,
    amount_micro bigint,
    assessed_at timestamp with time zone,
    done_at timestamp with time zone,
    CONSTRAINT runs_days_check CHECK ((days >= 0))
);

CREATE TABLE inactivity.warnings (
    quarter integer NOT NULL,
    participant bigint NOT NULL,
    days smallint NOT NULL,
    shard smallint NOT NULL,
    last_active date NOT NULL,
    inactive_days integer NOT NULL,
    rate_bp integer NOT NULL,
    base_micro bigint NOT NULL,
    base_sequence bigint NOT NULL,
    amount_micro bigint NOT NULL,
    exclusion uuid,
    at timestamp with time zone NOT NULL,
    CONSTRAINT warnings_amount_micro_check CHECK ((amount_micro > 0))
);

CREATE TABLE ledger.accounts (
    id bigint NOT NULL,
    kind smallint NOT NULL,
    owner bigint NOT NULL,
    balance_micro bigint NOT NULL,
    sequence bigint NOT NULL,
    CONSTRAINT none_below_zero_but_issuance CHECK (((balance_micro >= 0) OR (kind = 1)))
)
WITH (fillfactor='50');

CREATE TABLE ledger.commits (
    sequence bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    hash bytea NOT NULL,
    transactions integer NOT NULL,
    signature bytea,
    CONSTRAINT commits_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT commits_signature_check CHECK ((length(signature) = 64)),
    CONSTRAINT commits_transactions_check CHECK ((transactions > 0))
);

CREATE TABLE ledger.head (
    one boolean DEFAULT true NOT NULL,
    sequence bigint NOT NULL,
    hash bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    accounts bigint NOT NULL,
    CONSTRAINT head_accounts_check CHECK ((accounts >= 0)),
    CONSTRAINT head_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT head_one_check CHECK (one),
    CONSTRAINT head_sequence_check CHECK ((sequence >= 0))
)
WITH (fillfactor='10');

CREATE TABLE ledger.postings (
    sequence bigint NOT NULL,
    "position" integer NOT NULL,
    line integer NOT NULL,
    account_id bigint NOT NULL,
    amount_micro bigint NOT NULL,
    balance_after bigint NOT NULL,
    CONSTRAINT postings_amount_micro_check CHECK ((amount_micro <> 0))
);

CREATE TABLE ledger.refusals (
    id uuid NOT NULL,
    content_hash bytea NOT NULL,
    reason smallint NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT refusals_content_hash_check CHECK ((length(content_hash) = 32))
);

CREATE TABLE ledger.transactions (
    id uuid NOT NULL,
    sequence bigint NOT NULL,
    "position" integer NOT NULL,
    kind smallint NOT NULL,
    reference character varying(64) NOT NULL COLLATE pg_catalog."C",
    content_hash bytea NOT NULL,
    effects_hash bytea,
    CONSTRAINT transactions_content_hash_check CHECK ((length(content_hash) = 32)),
    CONSTRAINT transactions_effects_hash_check CHECK ((length(effects_hash) = 32)),
    CONSTRAINT transactions_reference_check CHECK (((reference)::text ~ '^[A-Za-z0-9:._/-]*$'::text))
);

CREATE TABLE notices.addresses (
    participant bigint NOT NULL,
    channel smallint NOT NULL,
    address text NOT NULL,
    set_at timestamp with time zone NOT NULL,
    confirm_token text COLLATE pg_catalog."C",
    confirm_to timestamp with time zone,
    confirmed_at timestamp with time zone,
    secret bytea,
    previous_secret bytea,
    previous_to timestamp with time zone,
    failures_in_row integer DEFAULT 0 NOT NULL,
    refused_since timestamp with time zone,
    rests_to timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    is_off boolean DEFAULT false NOT NULL,
    CONSTRAINT addresses_address_check CHECK (((char_length(address) >= 1) AND (char_length(address) <= 2000))),
    CONSTRAINT addresses_channel_check CHECK ((channel = ANY (ARRAY[1, 2, 3]))),
    CONSTRAINT addresses_check CHECK (((confirm_token IS NULL) = (confirm_to IS NULL))),
    CONSTRAINT addresses_check1 CHECK (((secret IS NOT NULL) = (channel = 3)))
);

CREATE TABLE notices.channels (
    channel smallint NOT NULL,
    taken_to timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    CONSTRAINT channels_channel_check CHECK ((channel = ANY (ARRAY[1, 2, 3])))
);

CREATE TABLE notices.deliveries (
    notice uuid NOT NULL,
    channel smallint NOT NULL,
    participant bigint NOT NULL,
    language text NOT NULL COLLATE pg_catalog."C",
    rank smallint NOT NULL,
    place integer NOT NULL,
    due timestamp with time zone NOT NULL,
    is_digest boolean NOT NULL,
    leader uuid,
    state smallint DEFAULT 1 NOT NULL,
    attempts smallint DEFAULT 0 NOT NULL,
    next_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    lease uuid,
    reason text COLLATE pg_catalog."C",
    ended_at timestamp with time zone,
    CONSTRAINT deliveries_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT deliveries_channel_check CHECK ((channel = ANY (ARRAY[1, 2, 3]))),
    CONSTRAINT deliveries_check CHECK (((state = 1) = (ended_at IS NULL))),
    CONSTRAINT deliveries_check1 CHECK (((lease IS NULL) OR (state = 1))),
    CONSTRAINT deliveries_check2 CHECK (((leader IS NULL) OR is_digest)),
    CONSTRAINT deliveries_language_check CHECK ((language = ANY (ARRAY['ru'::text, 'en'::text]))),
    CONSTRAINT deliveries_rank_check CHECK ((rank = ANY (ARRAY[0, 1, 2]))),
    CONSTRAINT deliveries_reason_check CHECK ((reason ~ '^[a-z0-9-]{1,64}$'::text)),
    CONSTRAINT deliveries_state_check CHECK (((state >= 1) AND (state <= 5)))
);

CREATE TABLE notices.link_keys (
    one boolean DEFAULT true NOT NULL,
    key bytea NOT NULL,
    CONSTRAINT link_keys_key_check CHECK ((length(key) = 32)),
    CONSTRAINT link_keys_one_check CHECK (one)
);

CREATE TABLE notices.notices (
    id uuid NOT NULL,
    participant bigint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    at timestamp with time zone NOT NULL,
    "values" json NOT NULL,
    transaction_id uuid,
    read_at timestamp with time zone,
    is_planned boolean DEFAULT false NOT NULL,
    CONSTRAINT notices_kind_check CHECK ((kind ~ '^[a-z][a-z0-9.-]{0,63}$'::text))
);

CREATE TABLE notices.pauses (
    number integer NOT NULL,
    channel smallint NOT NULL,
    is_paused boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    by text NOT NULL,
    reason text NOT NULL,
    CONSTRAINT pauses_channel_check CHECK ((channel = ANY (ARRAY[1, 2, 3]))),
    CONSTRAINT pauses_number_check CHECK ((number > 0)),
    CONSTRAINT pauses_reason_check CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 280)))
);

CREATE TABLE notices.preferences (
    participant bigint NOT NULL,
    language smallint NOT NULL,
    zone text NOT NULL COLLATE pg_catalog."C",
    quiet_from smallint,
    quiet_to smallint,
    digest smallint NOT NULL,
    kinds json NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT preferences_check CHECK (((quiet_from IS NULL) = (quiet_to IS NULL))),
    CONSTRAINT preferences_check1 CHECK ((quiet_from <> quiet_to)),
    CONSTRAINT preferences_digest_check CHECK ((digest = ANY (ARRAY[1, 2, 3]))),
    CONSTRAINT preferences_language_check CHECK ((language = ANY (ARRAY[1, 2]))),
    CONSTRAINT preferences_quiet_from_check CHECK (((quiet_from >= 0) AND (quiet_from <= 1439))),
    CONSTRAINT preferences_quiet_to_check CHECK (((quiet_to >= 0) AND (quiet_to <= 1439))),
    CONSTRAINT preferences_zone_check CHECK (((char_length(zone) >= 1) AND (char_length(zone) <= 64)))
);

CREATE TABLE notices.retries (
    request uuid NOT NULL,
    notice uuid NOT NULL,
    channel smallint NOT NULL,
    at timestamp with time zone NOT NULL,
    by text NOT NULL,
    reason text NOT NULL,
    CONSTRAINT retries_reason_check CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 280)))
);

CREATE TABLE notices.weeks (
    week integer NOT NULL,
    at timestamp with time zone NOT NULL,
    people integer NOT NULL,
    CONSTRAINT weeks_people_check CHECK ((people >= 0))
);

CREATE TABLE operators.confirmations (
    entry bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by text NOT NULL,
    reason text NOT NULL
);

CREATE TABLE operators.ends (
    entry bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by text NOT NULL,
    approval uuid NOT NULL
);

CREATE TABLE operators.predecessors (
    subject text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE operators.register (
    entry bigint NOT NULL,
    issuer text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    role text NOT NULL COLLATE pg_catalog."C",
    number integer NOT NULL,
    person text NOT NULL COLLATE pg_catalog."C",
    participant text COLLATE pg_catalog."C",
    since timestamp with time zone NOT NULL,
    until timestamp with time zone,
    at timestamp with time zone NOT NULL,
    by text NOT NULL,
    approval uuid,
    taken_over boolean NOT NULL,
    CONSTRAINT register_check CHECK ((until > since)),
    CONSTRAINT register_issuer_check CHECK ((issuer <> ''::text)),
    CONSTRAINT register_number_check CHECK ((number > 0)),
    CONSTRAINT register_person_check CHECK ((person <> ''::text)),
    CONSTRAINT register_role_check CHECK ((role ~ '^[a-z]{1,32}$'::text)),
    CONSTRAINT register_subject_check CHECK ((subject <> ''::text))
);

ALTER TABLE operators.register ALTER COLUMN entry ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME operators.register_entry_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE orleans.orleansmembershiptable (
    deploymentid character varying(150) NOT NULL,
    address character varying(45) NOT NULL,
    port integer NOT NULL,
    generation integer NOT NULL,
    siloname character varying(150) NOT NULL,
    hostname character varying(150) NOT NULL,
    status integer NOT NULL,
    proxyport integer,
    suspecttimes character varying(8000),
    starttime timestamp(3) with time zone NOT NULL,
    iamalivetime timestamp(3) with time zone NOT NULL
);

CREATE TABLE orleans.orleansmembershipversiontable (
    deploymentid character varying(150) NOT NULL,
    "timestamp" timestamp(3) with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 0 NOT NULL
);

CREATE TABLE orleans.orleansquery (
    querykey character varying(64) NOT NULL,
    querytext character varying(8000) NOT NULL
);

CREATE TABLE orleans.orleansreminderstable (
    serviceid character varying(150) NOT NULL,
    grainid text NOT NULL,
    remindername character varying(150) NOT NULL,
    starttime timestamp(3) with time zone NOT NULL,
    period bigint NOT NULL,
    grainhash integer NOT NULL,
    version integer NOT NULL
);

CREATE TABLE revocations.tokens (
    number integer NOT NULL,
    token text COLLATE pg_catalog."C",
    subject text COLLATE pg_catalog."C",
    role text COLLATE pg_catalog."C",
    before timestamp with time zone,
    at timestamp with time zone NOT NULL,
    by text NOT NULL,
    reason text NOT NULL,
    CONSTRAINT tokens_check CHECK (((token IS NULL) <> (subject IS NULL))),
    CONSTRAINT tokens_check1 CHECK (((subject IS NULL) = (before IS NULL))),
    CONSTRAINT tokens_check2 CHECK (((role IS NULL) OR (subject IS NOT NULL))),
    CONSTRAINT tokens_number_check CHECK ((number > 0)),
    CONSTRAINT tokens_role_check CHECK ((role ~ '^[a-z]{1,32}$'::text)),
    CONSTRAINT tokens_subject_check CHECK ((subject <> ''::text)),
    CONSTRAINT tokens_token_check CHECK ((token <> ''::text))
);

CREATE TABLE schedule.audits (
    day date NOT NULL,
    at timestamp with time zone NOT NULL,
    after_sequence bigint NOT NULL,
    head_sequence bigint NOT NULL,
    head_hash bytea NOT NULL,
    fault text,
    CONSTRAINT audits_after_sequence_check CHECK ((after_sequence >= 0)),
    CONSTRAINT audits_check CHECK ((head_sequence >= after_sequence)),
    CONSTRAINT audits_head_hash_check CHECK ((length(head_hash) = 32))
);

CREATE SEQUENCE schedule.places
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE schedule.skips (
    kind text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    at timestamp with time zone NOT NULL,
    by text NOT NULL,
    reason text NOT NULL,
    CONSTRAINT skips_reason_check CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 280)))
);

CREATE TABLE schedule.work (
    kind text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    due timestamp with time zone NOT NULL,
    state smallint NOT NULL,
    began timestamp with time zone,
    ended timestamp with time zone,
    took_ms bigint,
    attempts integer DEFAULT 0 NOT NULL,
    silo text,
    reason text,
    place bigint,
    CONSTRAINT work_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT work_check CHECK (((ended IS NULL) = (place IS NULL))),
    CONSTRAINT work_state_check CHECK (((state >= 1) AND (state <= 7)))
);

CREATE TABLE sessions.sessions (
    hash bytea NOT NULL,
    id uuid NOT NULL,
    code text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    role text NOT NULL COLLATE pg_catalog."C",
    signed_in_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT sessions_check CHECK ((ends_at > signed_in_at)),
    CONSTRAINT sessions_code_check CHECK ((code <> ''::text)),
    CONSTRAINT sessions_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT sessions_role_check CHECK ((role = ANY (ARRAY['participant'::text, 'operator'::text]))),
    CONSTRAINT sessions_subject_check CHECK ((subject <> ''::text))
);

CREATE TABLE settlement.acts (
    id uuid NOT NULL,
    kind smallint NOT NULL,
    epoch bigint NOT NULL,
    version bigint NOT NULL,
    state smallint NOT NULL,
    plan json NOT NULL,
    reference text COLLATE pg_catalog."C",
    returned uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    flaws smallint[] DEFAULT '{}'::smallint[] NOT NULL,
    landed_signature text COLLATE pg_catalog."C",
    landed_slot bigint,
    is_closed boolean DEFAULT false NOT NULL,
    at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT acts_check CHECK ((cardinality(flaws) = cardinality(returned))),
    CONSTRAINT acts_check1 CHECK (((state = 4) = (landed_signature IS NOT NULL))),
    CONSTRAINT acts_check2 CHECK (((state = 5) OR (cardinality(returned) = 0))),
    CONSTRAINT acts_check3 CHECK (((NOT is_closed) OR (state = ANY (ARRAY[4, 5])))),
    CONSTRAINT acts_epoch_check CHECK ((epoch > 0)),
    CONSTRAINT acts_kind_check CHECK (((kind >= 1) AND (kind <= 6))),
    CONSTRAINT acts_landed_slot_check CHECK ((landed_slot >= 0)),
    CONSTRAINT acts_state_check CHECK (((state >= 1) AND (state <= 7))),
    CONSTRAINT acts_version_check CHECK ((version > 0))
);

CREATE TABLE settlement.asked_acts (
    id uuid NOT NULL,
    kind smallint NOT NULL,
    amount_micro bigint,
    text text,
    week integer,
    at timestamp with time zone NOT NULL,
    approved_at timestamp with time zone,
    deposit uuid,
    wallet text COLLATE pg_catalog."C",
    CONSTRAINT asked_acts_amount_micro_check CHECK ((amount_micro > 0)),
    CONSTRAINT asked_acts_check CHECK ((approved_at >= at)),
    CONSTRAINT asked_acts_check1 CHECK (((kind = 5) = (amount_micro IS NULL))),
    CONSTRAINT asked_acts_check2 CHECK (((kind = 5) = (text IS NOT NULL))),
    CONSTRAINT asked_acts_check3 CHECK (((week IS NULL) OR (kind = 5))),
    CONSTRAINT asked_acts_check4 CHECK (((week IS NULL) OR (approved_at IS NOT NULL))),
    CONSTRAINT asked_acts_kind_check CHECK (((kind >= 2) AND (kind <= 6))),
    CONSTRAINT asked_acts_return CHECK (((num_nonnulls(deposit, wallet) =
CASE kind
    WHEN 6 THEN 2
    ELSE 0
END) AND ((kind <> 6) OR (approved_at IS NOT NULL)))),
    CONSTRAINT asked_acts_text_check CHECK (((octet_length(text) >= 1) AND (octet_length(text) <= 512)))
);

CREATE TABLE settlement.attempts (
    act uuid NOT NULL,
    number integer NOT NULL,
    former integer GENERATED ALWAYS AS (NULLIF((number - 1), 0)) STORED,
    former_outcome smallint GENERATED ALWAYS AS (
CASE
    WHEN (number > 1) THEN (3)::smallint
    ELSE NULL::smallint
END) STORED,
    bytes bytea NOT NULL,
    signature text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C",
    nonce_account text COLLATE pg_catalog."C",
    last_valid_height bigint,
    signed_slot bigint NOT NULL,
    node text NOT NULL,
    signed_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    send_answer text,
    outcome smallint,
    evidence json,
    CONSTRAINT attempts_bytes_check CHECK (((octet_length(bytes) >= 1) AND (octet_length(bytes) <= 1232))),
    CONSTRAINT attempts_check CHECK (((nonce_account IS NULL) = (last_valid_height IS NOT NULL))),
    CONSTRAINT attempts_check1 CHECK (((outcome IS NULL) OR (evidence IS NOT NULL))),
    CONSTRAINT attempts_check2 CHECK (((sent_at IS NULL) = (send_answer IS NULL))),
    CONSTRAINT attempts_last_valid_height_check CHECK ((last_valid_height >= 0)),
    CONSTRAINT attempts_number_check CHECK ((number > 0)),
    CONSTRAINT attempts_outcome_check CHECK (((outcome >= 1) AND (outcome <= 3))),
    CONSTRAINT attempts_signed_slot_check CHECK ((signed_slot >= 0))
);

CREATE TABLE settlement.challenges (
    nonce text NOT NULL COLLATE pg_catalog."C",
    participant bigint NOT NULL,
    address text NOT NULL COLLATE pg_catalog."C",
    form smallint NOT NULL,
    text text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT challenges_form_check CHECK ((form = ANY (ARRAY[1, 2]))),
    CONSTRAINT challenges_nonce_check CHECK ((nonce ~ '^[0-9a-f]{32}$'::text))
);

CREATE TABLE settlement.cursors (
    account text NOT NULL COLLATE pg_catalog."C",
    slot bigint NOT NULL,
    last text COLLATE pg_catalog."C",
    balance_micro bigint NOT NULL,
    minted_micro bigint NOT NULL,
    read_at timestamp with time zone NOT NULL,
    CONSTRAINT cursors_balance_micro_check CHECK ((balance_micro >= 0)),
    CONSTRAINT cursors_minted_micro_check CHECK ((minted_micro >= 0)),
    CONSTRAINT cursors_slot_check CHECK ((slot > 0))
);

CREATE TABLE settlement.decisions (
    approval uuid NOT NULL,
    act uuid NOT NULL,
    signature text COLLATE pg_catalog."C",
    asked_by text NOT NULL COLLATE pg_catalog."C",
    approved_by text NOT NULL COLLATE pg_catalog."C",
    reason text NOT NULL,
    at timestamp with time zone NOT NULL,
    reply smallint,
    why text,
    replied_at timestamp with time zone,
    CONSTRAINT decisions_check CHECK (((reply IS NULL) = (replied_at IS NULL))),
    CONSTRAINT decisions_reply_check CHECK (((reply >= 1) AND (reply <= 4)))
);

CREATE TABLE settlement.deposits (
    id uuid NOT NULL,
    number bigint NOT NULL,
    account text NOT NULL COLLATE pg_catalog."C",
    signature text NOT NULL COLLATE pg_catalog."C",
    account_index integer NOT NULL,
    slot bigint NOT NULL,
    amount_micro bigint NOT NULL,
    sender text COLLATE pg_catalog."C",
    memo text,
    participant bigint,
    at timestamp with time zone NOT NULL,
    state smallint NOT NULL,
    ended_by uuid,
    ended_at timestamp with time zone,
    approval uuid,
    returned_by text COLLATE pg_catalog."C",
    CONSTRAINT deposits_account_index_check CHECK ((account_index >= 0)),
    CONSTRAINT deposits_amount_micro_check CHECK ((amount_micro > 0)),
    CONSTRAINT deposits_check CHECK (((state = ANY (ARRAY[1, 3])) = (participant IS NOT NULL))),
    CONSTRAINT deposits_check1 CHECK (((state = ANY (ARRAY[3, 5])) = (ended_by IS NOT NULL))),
    CONSTRAINT deposits_check2 CHECK (((ended_by IS NULL) = (ended_at IS NULL))),
    CONSTRAINT deposits_check3 CHECK (((state = ANY (ARRAY[3, 4, 5])) = (approval IS NOT NULL))),
    CONSTRAINT deposits_check4 CHECK (((state = 5) = (returned_by IS NOT NULL))),
    CONSTRAINT deposits_participant_check CHECK ((participant > 0)),
    CONSTRAINT deposits_slot_check CHECK ((slot >= 0)),
    CONSTRAINT deposits_state_check CHECK (((state >= 1) AND (state <= 5)))
);

ALTER TABLE settlement.deposits ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME settlement.deposits_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE settlement.differences (
    id uuid NOT NULL,
    number bigint NOT NULL,
    kind smallint NOT NULL,
    account text COLLATE pg_catalog."C",
    signature text COLLATE pg_catalog."C",
    slot bigint NOT NULL,
    amount_micro bigint NOT NULL,
    details text NOT NULL,
    found_at timestamp with time zone NOT NULL,
    covered_by uuid,
    covered_at timestamp with time zone,
    approval uuid,
    CONSTRAINT differences_amount_micro_check CHECK ((amount_micro > 0)),
    CONSTRAINT differences_covered CHECK ((num_nulls(covered_by, covered_at, approval) = ANY (ARRAY[0, 3]))),
    CONSTRAINT differences_kind_check CHECK (((kind >= 1) AND (kind <= 3))),
    CONSTRAINT differences_place CHECK (((kind = 1) = ((account IS NOT NULL) AND (signature IS NOT NULL)))),
    CONSTRAINT differences_slot_check CHECK ((slot >= 0))
);

ALTER TABLE settlement.differences ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME settlement.differences_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE settlement.hand_signatures (
    act uuid NOT NULL,
    number integer NOT NULL,
    bytes bytea NOT NULL,
    nonce_account text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C",
    signed_slot bigint NOT NULL,
    by text NOT NULL COLLATE pg_catalog."C",
    at timestamp with time zone NOT NULL,
    CONSTRAINT hand_signatures_bytes_check CHECK (((octet_length(bytes) >= 1) AND (octet_length(bytes) <= 1232))),
    CONSTRAINT hand_signatures_number_check CHECK ((number > 0)),
    CONSTRAINT hand_signatures_signed_slot_check CHECK ((signed_slot >= 0))
);

CREATE TABLE settlement.pauses (
    number bigint NOT NULL,
    because smallint NOT NULL,
    since timestamp with time zone NOT NULL,
    by text COLLATE pg_catalog."C",
    details text NOT NULL,
    ended_at timestamp with time zone,
    ended_by text COLLATE pg_catalog."C",
    ended_reason text,
    approval uuid,
    CONSTRAINT pauses_because_check CHECK (((because >= 1) AND (because <= 3))),
    CONSTRAINT pauses_check CHECK (((ended_at IS NULL) = (ended_by IS NULL))),
    CONSTRAINT pauses_check1 CHECK (((because <> 1) OR (by IS NOT NULL))),
    CONSTRAINT pauses_check2 CHECK (((ended_at IS NULL) OR (because = 1) OR (approval IS NOT NULL)))
);

ALTER TABLE settlement.pauses ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME settlement.pauses_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE settlement.payouts (
    id uuid NOT NULL,
    number bigint NOT NULL,
    participant bigint NOT NULL,
    wallet uuid NOT NULL,
    address text NOT NULL COLLATE pg_catalog."C",
    amount_micro bigint NOT NULL,
    week integer,
    at timestamp with time zone NOT NULL,
    state smallint DEFAULT 1 NOT NULL,
    act uuid,
    makes_account boolean DEFAULT false NOT NULL,
    reason smallint,
    ended_by uuid,
    ended_at timestamp with time zone,
    refused_by text COLLATE pg_catalog."C",
    again_at timestamp with time zone,
    CONSTRAINT payouts_amount_micro_check CHECK ((amount_micro > 0)),
    CONSTRAINT payouts_check CHECK (((state <> ALL (ARRAY[2, 3])) OR (act IS NOT NULL))),
    CONSTRAINT payouts_check1 CHECK (((state <> 1) OR (act IS NULL))),
    CONSTRAINT payouts_check2 CHECK (((state = 4) = (reason IS NOT NULL))),
    CONSTRAINT payouts_check3 CHECK (((state = ANY (ARRAY[3, 4])) = (ended_by IS NOT NULL))),
    CONSTRAINT payouts_check4 CHECK (((state = ANY (ARRAY[3, 4])) = (ended_at IS NOT NULL))),
    CONSTRAINT payouts_participant_check CHECK ((participant > 0)),
    CONSTRAINT payouts_reason_check CHECK (((reason >= 1) AND (reason <= 6))),
    CONSTRAINT payouts_set_aside CHECK (((refused_by IS NULL) = (again_at IS NULL))),
    CONSTRAINT payouts_state_check CHECK (((state >= 1) AND (state <= 4)))
);

ALTER TABLE settlement.payouts ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME settlement.payouts_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE settlement.reconciliations (
    number bigint NOT NULL,
    cause smallint NOT NULL,
    asked_by text COLLATE pg_catalog."C",
    asked_at timestamp with time zone NOT NULL,
    at timestamp with time zone,
    week integer,
    slot bigint,
    sequence bigint,
    supply_micro bigint,
    vault_micro bigint,
    float_micro bigint,
    in_flight_micro bigint,
    outside_micro bigint,
    suspense_micro bigint,
    issued_micro bigint,
    minted_micro bigint,
    burned_micro bigint,
    ledger_burned_micro bigint,
    matches boolean,
    details text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT reconciliations_cause_check CHECK (((cause >= 1) AND (cause <= 4))),
    CONSTRAINT reconciliations_check CHECK (((cause = 3) = (asked_by IS NOT NULL))),
    CONSTRAINT reconciliations_check1 CHECK ((num_nulls(at, slot, sequence, supply_micro, vault_micro, float_micro, in_flight_micro, outside_micro, suspense_micro, issued_micro, minted_micro, burned_micro, ledger_burned_micro, matches) = ANY (ARRAY[0, 14]))),
    CONSTRAINT reconciliations_check2 CHECK ((COALESCE(matches, false) = ((matches IS NOT NULL) AND (cardinality(details) = 0))))
);

ALTER TABLE settlement.reconciliations ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME settlement.reconciliations_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE settlement.refusals (
    act uuid NOT NULL,
    rule text NOT NULL COLLATE pg_catalog."C",
    why text NOT NULL,
    payout uuid,
    times integer DEFAULT 1 NOT NULL,
    first_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    CONSTRAINT refusals_times_check CHECK ((times > 0))
);

CREATE TABLE settlement.state (
    one boolean DEFAULT true NOT NULL,
    epoch bigint NOT NULL,
    genesis text COLLATE pg_catalog."C",
    paused_because smallint,
    paused_since timestamp with time zone,
    held_by smallint,
    CONSTRAINT state_check CHECK (((paused_because IS NULL) = (paused_since IS NULL))),
    CONSTRAINT state_epoch_check CHECK ((epoch >= 0)),
    CONSTRAINT state_held_by_check CHECK (((held_by >= 1) AND (held_by <= 7))),
    CONSTRAINT state_one_check CHECK (one),
    CONSTRAINT state_paused_because_check CHECK (((paused_because >= 1) AND (paused_because <= 3)))
);

CREATE TABLE settlement.wallet_modes (
    participant bigint NOT NULL,
    mode smallint NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT wallet_modes_mode_check CHECK ((mode = ANY (ARRAY[1, 2])))
);

CREATE TABLE settlement.wallets (
    id uuid NOT NULL,
    participant bigint NOT NULL,
    address text NOT NULL COLLATE pg_catalog."C",
    proof json NOT NULL,
    linked_at timestamp with time zone NOT NULL,
    payable_from timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT wallets_address_check CHECK ((address ~ '^[1-9A-HJ-NP-Za-km-z]{32,44}$'::text)),
    CONSTRAINT wallets_check CHECK ((payable_from > linked_at)),
    CONSTRAINT wallets_check1 CHECK ((ended_at >= linked_at))
);

CREATE TABLE sources.backfills (
    id uuid NOT NULL,
    source_id integer NOT NULL,
    from_at timestamp with time zone NOT NULL,
    to_at timestamp with time zone NOT NULL,
    done_to timestamp with time zone NOT NULL,
    found bigint DEFAULT 0 NOT NULL,
    reason text,
    asked_by text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    next_at timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
    failures integer DEFAULT 0 NOT NULL,
    last_error text COLLATE pg_catalog."C",
    ended_at timestamp with time zone,
    CONSTRAINT backfills_check CHECK (((from_at < to_at) AND ((done_to >= from_at) AND (done_to <= to_at)))),
    CONSTRAINT backfills_check1 CHECK (((ended_at IS NOT NULL) = (done_to = to_at))),
    CONSTRAINT backfills_failures_check CHECK ((failures >= 0))
);

CREATE TABLE sources.budget_alarms (
    source_id integer NOT NULL,
    day date NOT NULL,
    budget bigint NOT NULL,
    week integer NOT NULL,
    points bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT budget_alarms_budget_check CHECK ((budget > 0)),
    CONSTRAINT budget_alarms_check CHECK ((points > budget))
);

CREATE TABLE sources.club_given (
    source_id integer NOT NULL,
    post bigint NOT NULL,
    role smallint NOT NULL,
    actor bigint NOT NULL,
    alive boolean NOT NULL,
    generation integer NOT NULL,
    uuid uuid NOT NULL,
    type text NOT NULL COLLATE pg_catalog."C",
    person bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    peer bigint,
    CONSTRAINT club_given_generation_check CHECK ((generation > 0)),
    CONSTRAINT club_given_role_check CHECK (((role >= 1) AND (role <= 4)))
);

CREATE TABLE sources.club_people (
    source_id integer NOT NULL,
    person bigint NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    active_at timestamp with time zone NOT NULL
);

CREATE TABLE sources.club_posts (
    source_id integer NOT NULL,
    post bigint NOT NULL,
    topic bigint NOT NULL,
    state json NOT NULL
);

CREATE TABLE sources.club_questions (
    source_id integer NOT NULL,
    kind smallint NOT NULL,
    id bigint NOT NULL,
    asked_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT club_questions_kind_check CHECK (((kind >= 1) AND (kind <= 3)))
);

CREATE TABLE sources.club_topics (
    source_id integer NOT NULL,
    topic bigint NOT NULL,
    state json NOT NULL
);

CREATE TABLE sources.given_events (
    source_id integer NOT NULL,
    uuid uuid NOT NULL,
    place bigint NOT NULL,
    post bigint NOT NULL,
    participant text NOT NULL COLLATE pg_catalog."C",
    type text NOT NULL COLLATE pg_catalog."C",
    at timestamp with time zone NOT NULL,
    retracts uuid,
    given_at timestamp with time zone DEFAULT now() NOT NULL,
    rejected text
);

ALTER TABLE sources.given_events ALTER COLUMN place ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME sources.given_events_place_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE sources.platform_cursors (
    source_id integer NOT NULL,
    cursor text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE sources.platform_levels (
    source_id integer NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    level smallint NOT NULL,
    since timestamp with time zone NOT NULL,
    at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);

CREATE TABLE sources.pull_reads (
    source_id integer NOT NULL,
    place bigint NOT NULL,
    epoch bigint NOT NULL,
    from_at timestamp with time zone NOT NULL,
    to_at timestamp with time zone NOT NULL,
    settle interval NOT NULL,
    first_ended timestamp with time zone NOT NULL,
    first_count integer NOT NULL,
    first_hash text NOT NULL COLLATE pg_catalog."C",
    clock timestamp with time zone NOT NULL,
    began timestamp with time zone NOT NULL,
    ended timestamp with time zone NOT NULL,
    count integer NOT NULL,
    hash text NOT NULL COLLATE pg_catalog."C",
    is_moved boolean NOT NULL,
    events bigint,
    week_check uuid,
    CONSTRAINT pull_reads_check CHECK ((from_at < to_at)),
    CONSTRAINT pull_reads_check1 CHECK ((is_moved = (events IS NOT NULL)))
);

ALTER TABLE sources.pull_reads ALTER COLUMN place ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME sources.pull_reads_place_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE sources.pulls (
    source_id integer NOT NULL,
    epoch bigint DEFAULT 0 NOT NULL,
    holder text COLLATE pg_catalog."C",
    claimed_at timestamp with time zone,
    lease_until timestamp with time zone,
    next_at timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
    wanted_at timestamp with time zone,
    failures integer DEFAULT 0 NOT NULL,
    last_error text COLLATE pg_catalog."C",
    last_pull_at timestamp with time zone,
    last_event_at timestamp with time zone,
    waiting json,
    differences integer DEFAULT 0 NOT NULL,
    CONSTRAINT pulls_failures_check CHECK ((failures >= 0))
);

CREATE TABLE sources.quarantine (
    id uuid NOT NULL,
    place bigint NOT NULL,
    source_id integer NOT NULL,
    uuid uuid,
    form smallint NOT NULL,
    reason text NOT NULL COLLATE pg_catalog."C",
    field text,
    rule text,
    payload text NOT NULL,
    received_at timestamp with time zone NOT NULL,
    CONSTRAINT quarantine_form_check CHECK (((form >= 1) AND (form <= 3)))
);

ALTER TABLE sources.quarantine ALTER COLUMN place ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME sources.quarantine_place_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE sources.week_checks (
    id uuid NOT NULL,
    source_id integer NOT NULL,
    week integer NOT NULL,
    reason text,
    asked_by text,
    asked_at timestamp with time zone NOT NULL,
    checked_to timestamp with time zone,
    clock timestamp with time zone,
    ended timestamp with time zone,
    missing integer,
    taken_back integer,
    added integer,
    CONSTRAINT week_checks_check CHECK ((num_nulls(checked_to, clock, ended, missing, taken_back, added) = ANY (ARRAY[0, 6]))),
    CONSTRAINT week_checks_check1 CHECK (((asked_by IS NOT NULL) OR (ended IS NOT NULL)))
);

CREATE TABLE spending.entitlement_uses (
    source text NOT NULL COLLATE pg_catalog."C",
    id uuid NOT NULL,
    entitlement uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    left_after integer NOT NULL,
    CONSTRAINT entitlement_uses_left_after_check CHECK ((left_after >= 0))
);

CREATE TABLE spending.entitlements (
    id uuid NOT NULL,
    participant bigint NOT NULL,
    service text NOT NULL COLLATE pg_catalog."C",
    begins_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone,
    days integer,
    months integer,
    sessions integer,
    used integer DEFAULT 0 NOT NULL,
    ended_at timestamp with time zone,
    first uuid,
    number integer,
    CONSTRAINT entitlements_check CHECK ((ends_at > begins_at)),
    CONSTRAINT entitlements_check1 CHECK (((used >= 0) AND ((used = 0) OR (used <= sessions)))),
    CONSTRAINT entitlements_days_check CHECK ((days > 0)),
    CONSTRAINT entitlements_follow CHECK ((((first IS NULL) = (number IS NULL)) AND ((first IS NULL) OR (months IS NOT NULL)))),
    CONSTRAINT entitlements_months_check CHECK ((months > 0)),
    CONSTRAINT entitlements_number_check CHECK ((number > 0)),
    CONSTRAINT entitlements_sessions_check CHECK ((sessions > 0))
);

CREATE TABLE spending.fund_grants (
    transaction_id uuid NOT NULL,
    participant bigint NOT NULL,
    kind smallint NOT NULL,
    vests_days smallint NOT NULL,
    amount_micro bigint NOT NULL,
    unlocks_on date NOT NULL,
    shard smallint NOT NULL,
    decided_on date,
    CONSTRAINT fund_grants_amount_micro_check CHECK ((amount_micro > 0)),
    CONSTRAINT fund_grants_vests_days_check CHECK ((vests_days > 0))
);

CREATE TABLE spending.fund_spends (
    id uuid NOT NULL,
    state smallint NOT NULL,
    fund smallint NOT NULL,
    receiver bigint NOT NULL,
    amount_micro bigint NOT NULL,
    kind smallint NOT NULL,
    reason text NOT NULL,
    vests_days smallint NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    asked_by text NOT NULL,
    decided_at timestamp with time zone,
    decided_by text,
    decided_reason text,
    transaction_id uuid,
    CONSTRAINT fund_spends_amount_micro_check CHECK ((amount_micro > 0)),
    CONSTRAINT fund_spends_check CHECK ((decided_by <> asked_by)),
    CONSTRAINT fund_spends_check1 CHECK (((state = 2) = (transaction_id IS NOT NULL))),
    CONSTRAINT fund_spends_check2 CHECK (((decided_by IS NULL) = (decided_at IS NULL))),
    CONSTRAINT fund_spends_fund_check CHECK (((fund >= 2) AND (fund <= 5))),
    CONSTRAINT fund_spends_kind_check CHECK (((kind >= 1) AND (kind <= 6))),
    CONSTRAINT fund_spends_reason_check CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 8960))),
    CONSTRAINT fund_spends_state_check CHECK ((state = ANY (ARRAY[1, 2, 3]))),
    CONSTRAINT fund_spends_vests_days_check CHECK (((vests_days >= 0) AND (vests_days <= 3650)))
);

CREATE TABLE spending.notes (
    id uuid NOT NULL,
    note text NOT NULL,
    CONSTRAINT notes_note_check CHECK (((char_length(note) >= 1) AND (char_length(note) <= 8960)))
);

CREATE TABLE spending.proposals (
    provider bigint NOT NULL,
    service text NOT NULL COLLATE pg_catalog."C",
    version integer NOT NULL,
    place smallint,
    name text NOT NULL,
    description text NOT NULL,
    price_micro bigint NOT NULL,
    roles text[] NOT NULL,
    shares_bp integer[] NOT NULL,
    days integer,
    months integer,
    sessions integer,
    recipient_roles text[] NOT NULL,
    recipients text[] NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT proposals_check CHECK ((num_nonnulls(days, months, sessions) <= 1)),
    CONSTRAINT proposals_check1 CHECK (((cardinality(roles) = cardinality(shares_bp)) AND (cardinality(roles) > 0))),
    CONSTRAINT proposals_check2 CHECK ((cardinality(recipient_roles) = cardinality(recipients))),
    CONSTRAINT proposals_place_check CHECK (((place >= 1) AND (place <= 10))),
    CONSTRAINT proposals_price_micro_check CHECK ((price_micro > 0)),
    CONSTRAINT proposals_service_check CHECK ((service ~ '^[a-z][a-z0-9_]{0,63}$'::text)),
    CONSTRAINT proposals_version_check CHECK ((version > 0))
);

CREATE TABLE spending.purchase_parts (
    purchase uuid NOT NULL,
    place smallint NOT NULL,
    role text NOT NULL COLLATE pg_catalog."C",
    recipient bigint,
    amount_micro bigint NOT NULL,
    CONSTRAINT purchase_parts_amount_micro_check CHECK ((amount_micro >= 0))
);

CREATE TABLE spending.purchases (
    id uuid NOT NULL,
    buyer bigint NOT NULL,
    service text NOT NULL COLLATE pg_catalog."C",
    version integer NOT NULL,
    price_micro bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT purchases_price_micro_check CHECK ((price_micro > 0))
);

CREATE TABLE spending.refunds (
    purchase uuid NOT NULL,
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    reason text NOT NULL,
    by text NOT NULL,
    CONSTRAINT refunds_reason_check CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 8960)))
);

CREATE TABLE spending.renewal_attempts (
    entitlement uuid NOT NULL,
    number integer NOT NULL,
    attempt smallint NOT NULL,
    outcome smallint NOT NULL,
    price_micro bigint NOT NULL,
    missing_micro bigint,
    at timestamp with time zone NOT NULL,
    transaction_id uuid,
    CONSTRAINT renewal_attempts_attempt_check CHECK (((attempt >= 0) AND (attempt <= 3))),
    CONSTRAINT renewal_attempts_check CHECK ((((outcome >= 1) AND (outcome <= 8)) AND ((outcome = 1) = (attempt = 0)))),
    CONSTRAINT renewal_attempts_check1 CHECK (((outcome = 2) = (transaction_id IS NOT NULL))),
    CONSTRAINT renewal_attempts_check2 CHECK (((outcome = 3) = (missing_micro IS NOT NULL))),
    CONSTRAINT renewal_attempts_missing_micro_check CHECK ((missing_micro > 0)),
    CONSTRAINT renewal_attempts_number_check CHECK ((number > 0)),
    CONSTRAINT renewal_attempts_price_micro_check CHECK ((price_micro > 0))
);

CREATE TABLE spending.renewal_choices (
    number bigint NOT NULL,
    entitlement uuid NOT NULL,
    is_on boolean NOT NULL,
    max_price_micro bigint,
    at timestamp with time zone NOT NULL,
    transaction_id uuid,
    CONSTRAINT renewal_choices_check CHECK ((is_on = (max_price_micro IS NOT NULL))),
    CONSTRAINT renewal_choices_max_price_micro_check CHECK ((max_price_micro > 0))
);

ALTER TABLE spending.renewal_choices ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME spending.renewal_choices_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE spending.renewal_progress (
    one boolean DEFAULT true NOT NULL,
    done_to date NOT NULL,
    CONSTRAINT renewal_progress_one_check CHECK (one)
);

CREATE TABLE spending.requests (
    id uuid NOT NULL,
    fingerprint bytea NOT NULL,
    refusal smallint,
    transaction_id uuid,
    at timestamp with time zone NOT NULL,
    written_on date DEFAULT ((now() AT TIME ZONE 'UTC'::text))::date NOT NULL,
    CONSTRAINT requests_check CHECK (((refusal IS NULL) OR (transaction_id IS NULL))),
    CONSTRAINT requests_fingerprint_check CHECK ((octet_length(fingerprint) = 32))
);

CREATE TABLE spending.service_recipients (
    service text NOT NULL COLLATE pg_catalog."C",
    version integer NOT NULL,
    role text NOT NULL COLLATE pg_catalog."C",
    participant bigint NOT NULL
);

CREATE TABLE spending.service_versions (
    service text NOT NULL COLLATE pg_catalog."C",
    version integer NOT NULL,
    name text NOT NULL,
    description text NOT NULL,
    price_micro bigint NOT NULL,
    roles text[] NOT NULL,
    shares_bp integer[] NOT NULL,
    days integer,
    months integer,
    sessions integer,
    at timestamp with time zone NOT NULL,
    by text NOT NULL,
    CONSTRAINT service_versions_check CHECK ((num_nonnulls(days, months, sessions) <= 1)),
    CONSTRAINT service_versions_check1 CHECK (((cardinality(roles) = cardinality(shares_bp)) AND (cardinality(roles) > 0))),
    CONSTRAINT service_versions_price_micro_check CHECK ((price_micro > 0))
);

CREATE TABLE spending.services (
    id text NOT NULL COLLATE pg_catalog."C",
    version integer NOT NULL,
    state smallint NOT NULL,
    provider bigint,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT services_id_check CHECK ((id ~ '^[a-z][a-z0-9_]{0,63}$'::text)),
    CONSTRAINT services_state_check CHECK ((state = ANY (ARRAY[1, 2, 3]))),
    CONSTRAINT services_version_check CHECK ((version > 0))
);

CREATE TABLE spending.transfers (
    id uuid NOT NULL,
    sender bigint NOT NULL,
    receiver bigint NOT NULL,
    amount_micro bigint NOT NULL,
    fee_micro bigint NOT NULL,
    day date NOT NULL,
    CONSTRAINT transfers_amount_micro_check CHECK ((amount_micro > 0)),
    CONSTRAINT transfers_check CHECK ((receiver <> sender)),
    CONSTRAINT transfers_fee_micro_check CHECK ((fee_micro >= 0))
);

CREATE TABLE storage.unsigned (
    chain smallint NOT NULL,
    sequence bigint NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT unsigned_chain_check CHECK ((chain = ANY (ARRAY[1, 2]))),
    CONSTRAINT unsigned_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT unsigned_sequence_check CHECK ((sequence >= 0))
);

CREATE TABLE suspensions.changes (
    number integer NOT NULL,
    participant bigint NOT NULL,
    is_suspended boolean NOT NULL,
    after_sequence bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by text NOT NULL,
    reason text NOT NULL,
    approval uuid,
    told boolean DEFAULT false NOT NULL,
    CONSTRAINT changes_after_sequence_check CHECK ((after_sequence >= 0)),
    CONSTRAINT changes_check CHECK ((is_suspended = (approval IS NULL))),
    CONSTRAINT changes_check1 CHECK ((is_suspended OR (NOT told))),
    CONSTRAINT changes_number_check CHECK ((number > 0))
);

CREATE TABLE traces.reads (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    by text NOT NULL,
    role text NOT NULL COLLATE pg_catalog."C",
    participant bigint NOT NULL,
    what text NOT NULL COLLATE pg_catalog."C",
    reason text
);

CREATE TABLE vesting.evidence (
    source_id integer NOT NULL,
    uuid uuid NOT NULL,
    event uuid NOT NULL,
    approved boolean,
    rating smallint,
    CONSTRAINT evidence_rating_check CHECK (((rating >= 1) AND (rating <= 5)))
);

CREATE TABLE vesting.progress (
    one boolean DEFAULT true NOT NULL,
    decided_to date NOT NULL,
    CONSTRAINT progress_one_check CHECK (one)
);

CREATE TABLE vesting.referrals (
    source_id integer NOT NULL,
    uuid uuid NOT NULL,
    referred text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT referrals_referred_check CHECK (((char_length(referred) >= 1) AND (char_length(referred) <= 200)))
);

CREATE TABLE vesting.shards (
    shard smallint NOT NULL,
    decided_to date,
    CONSTRAINT shards_shard_check CHECK (((shard >= 0) AND (shard <= 63)))
);

CREATE TABLE vesting.verdicts (
    transaction_id uuid NOT NULL,
    place integer NOT NULL,
    source_id integer NOT NULL,
    uuid uuid NOT NULL,
    verdict smallint NOT NULL,
    cause smallint NOT NULL,
    amount_micro bigint NOT NULL,
    evidence uuid,
    CONSTRAINT verdicts_amount_micro_check CHECK ((amount_micro >= 0)),
    CONSTRAINT verdicts_cause_check CHECK ((cause > 0)),
    CONSTRAINT verdicts_place_check CHECK ((place >= 0)),
    CONSTRAINT verdicts_verdict_check CHECK ((verdict = ANY (ARRAY[1, 2])))
);

CREATE TABLE weeks.anchor_leaves (
    week integer NOT NULL,
    place integer NOT NULL,
    participant bigint NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT anchor_leaves_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT anchor_leaves_place_check CHECK ((place >= 0))
);

CREATE TABLE weeks.anchors (
    week integer NOT NULL,
    salt_key bytea NOT NULL,
    leaves integer NOT NULL,
    blocks bytea NOT NULL,
    root bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT anchors_check CHECK ((length(blocks) = (32 * ((leaves + 1023) / 1024)))),
    CONSTRAINT anchors_leaves_check CHECK ((leaves >= 0)),
    CONSTRAINT anchors_root_check CHECK ((length(root) = 32)),
    CONSTRAINT anchors_salt_key_check CHECK ((length(salt_key) = 32))
);

CREATE TABLE weeks.bound_overrides (
    week integer NOT NULL,
    at timestamp with time zone NOT NULL,
    beyond text NOT NULL,
    reason text NOT NULL,
    asked_by text NOT NULL,
    approved_by text
);

CREATE VIEW weeks.closings AS
 SELECT (replace((orleansstorage.grainidextensionstring)::text, '-W'::text, ''::text))::integer AS week,
    COALESCE(((stored.state ->> 'IsForced'::text))::boolean, false) AS is_forced,
    (stored.state ->> 'OverrideReason'::text) AS override_reason,
    (stored.state ->> 'OverrideBy'::text) AS override_by
   FROM orleans.orleansstorage,
    LATERAL ( SELECT (convert_from(orleansstorage.payloadbinary, 'UTF8'::name))::json AS state) stored
  WHERE (((orleansstorage.graintypestring)::text = 'week'::text) AND (orleansstorage.payloadbinary IS NOT NULL));

CREATE TABLE weeks.corrections (
    week integer NOT NULL,
    participant bigint NOT NULL,
    revision integer NOT NULL,
    transaction_id uuid NOT NULL,
    amount_micro bigint NOT NULL,
    level smallint,
    at timestamp with time zone NOT NULL,
    by text NOT NULL,
    reason text NOT NULL,
    CONSTRAINT corrections_amount_micro_check CHECK ((amount_micro <> 0)),
    CONSTRAINT corrections_level_check CHECK ((level > 0)),
    CONSTRAINT corrections_reason_check CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 280))),
    CONSTRAINT corrections_revision_check CHECK ((revision > 1))
);

CREATE TABLE weeks.grants (
    participant bigint NOT NULL,
    week integer NOT NULL,
    type text NOT NULL COLLATE pg_catalog."C",
    vests_days smallint NOT NULL,
    amount_micro bigint NOT NULL,
    unlocks_on date NOT NULL,
    transaction_id uuid NOT NULL,
    "position" integer NOT NULL,
    shard smallint NOT NULL,
    decided_on date,
    CONSTRAINT grants_amount_micro_check CHECK ((amount_micro > 0))
);

CREATE TABLE weeks.measures (
    week integer NOT NULL,
    rewards_micro bigint NOT NULL,
    newcomers_micro bigint NOT NULL,
    CONSTRAINT measures_check CHECK (((newcomers_micro >= 0) AND (newcomers_micro <= rewards_micro))),
    CONSTRAINT measures_rewards_micro_check CHECK ((rewards_micro >= 0))
);

CREATE TABLE weeks.overrides (
    approval uuid NOT NULL,
    week integer NOT NULL,
    reason text NOT NULL,
    asked_by text NOT NULL,
    approved_by text NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE weeks.runs (
    week integer NOT NULL,
    rules_version integer NOT NULL,
    override_reason text,
    override_by text,
    seal_hash bytea,
    participants integer,
    total_micro bigint,
    reserved_micro bigint,
    scored_at timestamp with time zone,
    export_hash bytea,
    reported_at timestamp with time zone,
    paid_micro bigint,
    settled_at timestamp with time zone,
    rules_hash bytea,
    CONSTRAINT runs_check CHECK (((reserved_micro >= 0) AND (reserved_micro <= total_micro))),
    CONSTRAINT runs_check1 CHECK (((paid_micro >= 0) AND (paid_micro <= reserved_micro))),
    CONSTRAINT runs_export_hash_check CHECK ((octet_length(export_hash) = 32)),
    CONSTRAINT runs_rules_hash_check CHECK ((octet_length(rules_hash) = 32)),
    CONSTRAINT runs_seal_hash_check CHECK ((octet_length(seal_hash) = 32)),
    CONSTRAINT runs_total_micro_check CHECK ((total_micro >= 0))
);

CREATE TABLE weeks.seals (
    week integer NOT NULL,
    shard smallint NOT NULL,
    participant bigint NOT NULL,
    type text NOT NULL COLLATE pg_catalog."C",
    day date NOT NULL,
    vests_days smallint NOT NULL,
    received integer NOT NULL,
    counted integer NOT NULL,
    level smallint NOT NULL,
    streak_before integer NOT NULL,
    CONSTRAINT seals_check CHECK (((counted >= 0) AND (counted <= received)))
);

CREATE TABLE weeks.settlements (
    week integer NOT NULL,
    shard smallint NOT NULL,
    part integer NOT NULL,
    transaction_id uuid NOT NULL,
    participants integer NOT NULL,
    available_micro bigint NOT NULL,
    frozen_micro bigint NOT NULL
);

CREATE TABLE weeks.shards (
    week integer NOT NULL,
    shard smallint NOT NULL,
    hash bytea NOT NULL,
    participants integer NOT NULL,
    total_micro bigint NOT NULL,
    CONSTRAINT shards_hash_check CHECK ((octet_length(hash) = 32))
);

CREATE TABLE weeks.source_budgets (
    week integer NOT NULL,
    source_id integer NOT NULL,
    points bigint NOT NULL,
    CONSTRAINT source_budgets_points_check CHECK ((points > 0))
);

CREATE TABLE weeks.source_measures (
    week integer NOT NULL,
    source_id integer NOT NULL,
    rewards_micro bigint NOT NULL,
    CONSTRAINT source_measures_rewards_micro_check CHECK ((rewards_micro > 0))
);

CREATE TABLE weeks.statements (
    week integer NOT NULL,
    participant bigint NOT NULL,
    shard smallint NOT NULL,
    level smallint NOT NULL,
    streak integer NOT NULL,
    points bigint NOT NULL,
    reward_micro bigint NOT NULL,
    available_micro bigint NOT NULL,
    frozen_micro bigint NOT NULL,
    document bytea NOT NULL,
    CONSTRAINT statements_available_micro_check CHECK ((available_micro >= 0)),
    CONSTRAINT statements_check CHECK (((available_micro + frozen_micro) = reward_micro)),
    CONSTRAINT statements_frozen_micro_check CHECK ((frozen_micro >= 0)),
    CONSTRAINT statements_points_check CHECK ((points > 0)),
    CONSTRAINT statements_reward_micro_check CHECK ((reward_micro >= 0)),
    CONSTRAINT statements_streak_check CHECK ((streak > 0))
);

ALTER TABLE ONLY activity.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (uuid, source_id);

ALTER TABLE ONLY activity.links
    ADD CONSTRAINT links_pkey PRIMARY KEY (number);

ALTER TABLE ONLY activity.merges
    ADD CONSTRAINT merges_pkey PRIMARY KEY (id);

ALTER TABLE ONLY activity.participants
    ADD CONSTRAINT participants_id_key UNIQUE (id);

ALTER TABLE ONLY activity.participants
    ADD CONSTRAINT participants_pkey PRIMARY KEY (number);

ALTER TABLE ONLY activity.profile_changes
    ADD CONSTRAINT profile_changes_pkey PRIMARY KEY (uuid);

ALTER TABLE ONLY activity.sources
    ADD CONSTRAINT sources_name_key UNIQUE (name);

ALTER TABLE ONLY activity.sources
    ADD CONSTRAINT sources_pkey PRIMARY KEY (id);

ALTER TABLE ONLY activity.weeks
    ADD CONSTRAINT weeks_pkey PRIMARY KEY (week);

ALTER TABLE ONLY approvals.decisions
    ADD CONSTRAINT decisions_decided_in_key UNIQUE (decided_in);

ALTER TABLE ONLY approvals.decisions
    ADD CONSTRAINT decisions_pkey PRIMARY KEY (request);

ALTER TABLE ONLY approvals.decisions
    ADD CONSTRAINT decisions_transaction_id_key UNIQUE (transaction_id);

ALTER TABLE ONLY approvals.requests
    ADD CONSTRAINT requests_pkey PRIMARY KEY (id);

ALTER TABLE ONLY approvals.signatures
    ADD CONSTRAINT signatures_pkey PRIMARY KEY (transaction_id);

ALTER TABLE ONLY audit.entries
    ADD CONSTRAINT entries_pkey PRIMARY KEY (sequence);

ALTER TABLE ONLY audit.head
    ADD CONSTRAINT head_pkey PRIMARY KEY (one);

ALTER TABLE ONLY audit.texts
    ADD CONSTRAINT texts_pkey PRIMARY KEY (sequence);

ALTER TABLE ONLY economy.answers
    ADD CONSTRAINT answers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY economy.builds
    ADD CONSTRAINT builds_pkey PRIMARY KEY (endpoint);

ALTER TABLE ONLY economy.clock
    ADD CONSTRAINT clock_pkey PRIMARY KEY (one);

ALTER TABLE ONLY economy.genesis
    ADD CONSTRAINT genesis_pkey PRIMARY KEY (one);

ALTER TABLE ONLY economy.heartbeat
    ADD CONSTRAINT heartbeat_pkey PRIMARY KEY (one);

ALTER TABLE ONLY economy.resumes
    ADD CONSTRAINT resumes_pkey PRIMARY KEY (approval);

ALTER TABLE ONLY economy.rule_book_withdrawals
    ADD CONSTRAINT rule_book_withdrawals_approval_key UNIQUE (approval);

ALTER TABLE ONLY economy.rule_book_withdrawals
    ADD CONSTRAINT rule_book_withdrawals_pkey PRIMARY KEY (version);

ALTER TABLE ONLY economy.rule_books
    ADD CONSTRAINT rule_books_approval_key UNIQUE (approval);

ALTER TABLE ONLY economy.rule_books
    ADD CONSTRAINT rule_books_pkey PRIMARY KEY (version);

ALTER TABLE ONLY economy.sign_ins
    ADD CONSTRAINT sign_ins_pkey PRIMARY KEY (code);

ALTER TABLE ONLY inactivity.appeals
    ADD CONSTRAINT appeals_pkey PRIMARY KEY (id);

ALTER TABLE ONLY inactivity.appeals
    ADD CONSTRAINT appeals_quarter_participant_key UNIQUE (quarter, participant);

ALTER TABLE ONLY inactivity.credits
    ADD CONSTRAINT credits_pkey PRIMARY KEY (transaction_id);

ALTER TABLE ONLY inactivity.credits
    ADD CONSTRAINT credits_quarter_participant_key UNIQUE (quarter, participant);

ALTER TABLE ONLY inactivity.debits
    ADD CONSTRAINT debits_pkey PRIMARY KEY (transaction_id);

ALTER TABLE ONLY inactivity.debits
    ADD CONSTRAINT debits_quarter_participant_key UNIQUE (quarter, participant);

ALTER TABLE ONLY inactivity.decisions
    ADD CONSTRAINT decisions_decided_in_key UNIQUE (decided_in);

ALTER TABLE ONLY inactivity.decisions
    ADD CONSTRAINT decisions_pkey PRIMARY KEY (appeal);

ALTER TABLE ONLY inactivity.decisions
    ADD CONSTRAINT decisions_transaction_id_key UNIQUE (transaction_id);

ALTER TABLE ONLY inactivity.earned
    ADD CONSTRAINT earned_pkey PRIMARY KEY (quarter, participant);

ALTER TABLE ONLY inactivity.leaves
    ADD CONSTRAINT leaves_pkey PRIMARY KEY (number);

ALTER TABLE ONLY inactivity.lines
    ADD CONSTRAINT lines_pkey PRIMARY KEY (quarter, participant, attempt);

ALTER TABLE ONLY inactivity.parts
    ADD CONSTRAINT parts_pkey PRIMARY KEY (quarter, days, first_shard);

ALTER TABLE ONLY inactivity.restorations
    ADD CONSTRAINT restorations_pkey PRIMARY KEY (week);

ALTER TABLE ONLY inactivity.runs
    ADD CONSTRAINT runs_pkey PRIMARY KEY (quarter, days);

ALTER TABLE ONLY inactivity.warnings
    ADD CONSTRAINT warnings_pkey PRIMARY KEY (quarter, participant, days);

ALTER TABLE ONLY ledger.accounts
    ADD CONSTRAINT accounts_kind_owner_key UNIQUE (kind, owner);

ALTER TABLE ONLY ledger.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY ledger.commits
    ADD CONSTRAINT commits_pkey PRIMARY KEY (sequence);

ALTER TABLE ONLY ledger.head
    ADD CONSTRAINT head_pkey PRIMARY KEY (one);

ALTER TABLE ONLY ledger.postings
    ADD CONSTRAINT postings_pkey PRIMARY KEY (sequence, "position", line);

ALTER TABLE ONLY ledger.refusals
    ADD CONSTRAINT refusals_pkey PRIMARY KEY (id);

ALTER TABLE ONLY ledger.transactions
    ADD CONSTRAINT transactions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY ledger.transactions
    ADD CONSTRAINT transactions_sequence_position_key UNIQUE (sequence, "position");

ALTER TABLE ONLY notices.addresses
    ADD CONSTRAINT addresses_confirm_token_key UNIQUE (confirm_token);

ALTER TABLE ONLY notices.addresses
    ADD CONSTRAINT addresses_pkey PRIMARY KEY (participant, channel);

ALTER TABLE ONLY notices.channels
    ADD CONSTRAINT channels_pkey PRIMARY KEY (channel);

ALTER TABLE ONLY notices.deliveries
    ADD CONSTRAINT deliveries_pkey PRIMARY KEY (notice, channel);

ALTER TABLE ONLY notices.link_keys
    ADD CONSTRAINT link_keys_pkey PRIMARY KEY (one);

ALTER TABLE ONLY notices.notices
    ADD CONSTRAINT notices_pkey PRIMARY KEY (id);

ALTER TABLE ONLY notices.pauses
    ADD CONSTRAINT pauses_pkey PRIMARY KEY (number);

ALTER TABLE ONLY notices.preferences
    ADD CONSTRAINT preferences_pkey PRIMARY KEY (participant);

ALTER TABLE ONLY notices.retries
    ADD CONSTRAINT retries_pkey PRIMARY KEY (request);

ALTER TABLE ONLY notices.weeks
    ADD CONSTRAINT weeks_pkey PRIMARY KEY (week);

ALTER TABLE ONLY operators.confirmations
    ADD CONSTRAINT confirmations_pkey PRIMARY KEY (entry);

ALTER TABLE ONLY operators.ends
    ADD CONSTRAINT ends_approval_key UNIQUE (approval);

ALTER TABLE ONLY operators.ends
    ADD CONSTRAINT ends_pkey PRIMARY KEY (entry);

ALTER TABLE ONLY operators.predecessors
    ADD CONSTRAINT predecessors_pkey PRIMARY KEY (subject);

ALTER TABLE ONLY operators.register
    ADD CONSTRAINT register_approval_key UNIQUE (approval);

ALTER TABLE ONLY operators.register
    ADD CONSTRAINT register_issuer_subject_role_number_key UNIQUE (issuer, subject, role, number);

ALTER TABLE ONLY operators.register
    ADD CONSTRAINT register_pkey PRIMARY KEY (entry);

ALTER TABLE ONLY orleans.orleansmembershiptable
    ADD CONSTRAINT orleansmembershiptable_pkey PRIMARY KEY (deploymentid, address, port, generation);

ALTER TABLE ONLY orleans.orleansmembershipversiontable
    ADD CONSTRAINT orleansmembershipversiontable_pkey PRIMARY KEY (deploymentid);

ALTER TABLE ONLY orleans.orleansquery
    ADD CONSTRAINT orleansquery_pkey PRIMARY KEY (querykey);

ALTER TABLE ONLY orleans.orleansreminderstable
    ADD CONSTRAINT orleansreminderstable_pkey PRIMARY KEY (serviceid, grainid, remindername);

ALTER TABLE ONLY orleans.orleansstorage
    ADD CONSTRAINT orleansstorage_grainidhash_graintypehash_grainidn0_grainidn_key UNIQUE NULLS NOT DISTINCT (grainidhash, graintypehash, grainidn0, grainidn1, serviceid, graintypestring, grainidextensionstring);

ALTER TABLE ONLY revocations.tokens
    ADD CONSTRAINT tokens_pkey PRIMARY KEY (number);

ALTER TABLE ONLY schedule.audits
    ADD CONSTRAINT audits_pkey PRIMARY KEY (day);

ALTER TABLE ONLY schedule.skips
    ADD CONSTRAINT skips_pkey PRIMARY KEY (kind, subject);

ALTER TABLE ONLY schedule.work
    ADD CONSTRAINT work_pkey PRIMARY KEY (kind, subject);

ALTER TABLE ONLY schedule.work
    ADD CONSTRAINT work_place_key UNIQUE (place);

ALTER TABLE ONLY sessions.sessions
    ADD CONSTRAINT sessions_code_key UNIQUE (code);

ALTER TABLE ONLY sessions.sessions
    ADD CONSTRAINT sessions_id_key UNIQUE (id);

ALTER TABLE ONLY sessions.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (hash);

ALTER TABLE ONLY settlement.acts
    ADD CONSTRAINT acts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY settlement.asked_acts
    ADD CONSTRAINT asked_acts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY settlement.asked_acts
    ADD CONSTRAINT asked_acts_week_key UNIQUE (week);

ALTER TABLE ONLY settlement.attempts
    ADD CONSTRAINT attempts_act_number_outcome_key UNIQUE (act, number, outcome);

ALTER TABLE ONLY settlement.attempts
    ADD CONSTRAINT attempts_pkey PRIMARY KEY (act, number);

ALTER TABLE ONLY settlement.attempts
    ADD CONSTRAINT attempts_signature_key UNIQUE (signature);

ALTER TABLE ONLY settlement.challenges
    ADD CONSTRAINT challenges_pkey PRIMARY KEY (nonce);

ALTER TABLE ONLY settlement.cursors
    ADD CONSTRAINT cursors_pkey PRIMARY KEY (account);

ALTER TABLE ONLY settlement.decisions
    ADD CONSTRAINT decisions_pkey PRIMARY KEY (approval);

ALTER TABLE ONLY settlement.deposits
    ADD CONSTRAINT deposits_number_key UNIQUE (number);

ALTER TABLE ONLY settlement.deposits
    ADD CONSTRAINT deposits_pkey PRIMARY KEY (id);

ALTER TABLE ONLY settlement.deposits
    ADD CONSTRAINT deposits_signature_account_index_key UNIQUE (signature, account_index);

ALTER TABLE ONLY settlement.differences
    ADD CONSTRAINT differences_number_key UNIQUE (number);

ALTER TABLE ONLY settlement.differences
    ADD CONSTRAINT differences_pkey PRIMARY KEY (id);

ALTER TABLE ONLY settlement.hand_signatures
    ADD CONSTRAINT hand_signatures_pkey PRIMARY KEY (act, number);

ALTER TABLE ONLY settlement.pauses
    ADD CONSTRAINT pauses_pkey PRIMARY KEY (number);

ALTER TABLE ONLY settlement.payouts
    ADD CONSTRAINT payouts_number_key UNIQUE (number);

ALTER TABLE ONLY settlement.payouts
    ADD CONSTRAINT payouts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY settlement.reconciliations
    ADD CONSTRAINT reconciliations_pkey PRIMARY KEY (number);

ALTER TABLE ONLY settlement.refusals
    ADD CONSTRAINT refusals_pkey PRIMARY KEY (act, rule);

ALTER TABLE ONLY settlement.state
    ADD CONSTRAINT state_pkey PRIMARY KEY (one);

ALTER TABLE ONLY settlement.wallet_modes
    ADD CONSTRAINT wallet_modes_pkey PRIMARY KEY (participant);

ALTER TABLE ONLY settlement.wallets
    ADD CONSTRAINT wallets_pkey PRIMARY KEY (id);

ALTER TABLE ONLY sources.backfills
    ADD CONSTRAINT backfills_pkey PRIMARY KEY (id);

ALTER TABLE ONLY sources.budget_alarms
    ADD CONSTRAINT budget_alarms_pkey PRIMARY KEY (source_id, day, budget);

ALTER TABLE ONLY sources.club_given
    ADD CONSTRAINT club_given_pkey PRIMARY KEY (source_id, post, role, actor);

ALTER TABLE ONLY sources.club_given
    ADD CONSTRAINT club_given_source_id_uuid_key UNIQUE (source_id, uuid);

ALTER TABLE ONLY sources.club_people
    ADD CONSTRAINT club_people_pkey PRIMARY KEY (source_id, person);

ALTER TABLE ONLY sources.club_posts
    ADD CONSTRAINT club_posts_pkey PRIMARY KEY (source_id, post);

ALTER TABLE ONLY sources.club_questions
    ADD CONSTRAINT club_questions_pkey PRIMARY KEY (source_id, kind, id);

ALTER TABLE ONLY sources.club_topics
    ADD CONSTRAINT club_topics_pkey PRIMARY KEY (source_id, topic);

ALTER TABLE ONLY sources.given_events
    ADD CONSTRAINT given_events_pkey PRIMARY KEY (source_id, uuid);

ALTER TABLE ONLY sources.platform_cursors
    ADD CONSTRAINT platform_cursors_pkey PRIMARY KEY (source_id);

ALTER TABLE ONLY sources.platform_levels
    ADD CONSTRAINT platform_levels_pkey PRIMARY KEY (source_id, id);

ALTER TABLE ONLY sources.pull_reads
    ADD CONSTRAINT pull_reads_pkey PRIMARY KEY (source_id, place);

ALTER TABLE ONLY sources.pulls
    ADD CONSTRAINT pulls_pkey PRIMARY KEY (source_id);

ALTER TABLE ONLY sources.quarantine
    ADD CONSTRAINT quarantine_pkey PRIMARY KEY (id);

ALTER TABLE ONLY sources.void_lifts
    ADD CONSTRAINT void_lifts_approval_key UNIQUE (approval);

ALTER TABLE ONLY sources.void_lifts
    ADD CONSTRAINT void_lifts_pkey PRIMARY KEY (void);

ALTER TABLE ONLY sources.voids
    ADD CONSTRAINT voids_pkey PRIMARY KEY (id);

ALTER TABLE ONLY sources.week_checks
    ADD CONSTRAINT week_checks_pkey PRIMARY KEY (id);

ALTER TABLE ONLY spending.entitlement_uses
    ADD CONSTRAINT entitlement_uses_pkey PRIMARY KEY (source, id);

ALTER TABLE ONLY spending.entitlements
    ADD CONSTRAINT entitlements_pkey PRIMARY KEY (id);

ALTER TABLE ONLY spending.fund_grants
    ADD CONSTRAINT fund_grants_pkey PRIMARY KEY (transaction_id);

ALTER TABLE ONLY spending.fund_spends
    ADD CONSTRAINT fund_spends_pkey PRIMARY KEY (id);

ALTER TABLE ONLY spending.fund_spends
    ADD CONSTRAINT fund_spends_transaction_id_key UNIQUE (transaction_id);

ALTER TABLE ONLY spending.notes
    ADD CONSTRAINT notes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY spending.proposals
    ADD CONSTRAINT proposals_pkey PRIMARY KEY (provider, service);

ALTER TABLE ONLY spending.proposals
    ADD CONSTRAINT proposals_provider_place_key UNIQUE (provider, place);

ALTER TABLE ONLY spending.proposals
    ADD CONSTRAINT proposals_service_version_key UNIQUE (service, version);

ALTER TABLE ONLY spending.purchase_parts
    ADD CONSTRAINT purchase_parts_pkey PRIMARY KEY (purchase, place);

ALTER TABLE ONLY spending.purchases
    ADD CONSTRAINT purchases_pkey PRIMARY KEY (id);

ALTER TABLE ONLY spending.refunds
    ADD CONSTRAINT refunds_id_key UNIQUE (id);

ALTER TABLE ONLY spending.refunds
    ADD CONSTRAINT refunds_pkey PRIMARY KEY (purchase);

ALTER TABLE ONLY spending.renewal_attempts
    ADD CONSTRAINT renewal_attempts_pkey PRIMARY KEY (entitlement, number, attempt);

ALTER TABLE ONLY spending.renewal_attempts
    ADD CONSTRAINT renewal_attempts_transaction_id_key UNIQUE (transaction_id);

ALTER TABLE ONLY spending.renewal_choices
    ADD CONSTRAINT renewal_choices_pkey PRIMARY KEY (number);

ALTER TABLE ONLY spending.renewal_choices
    ADD CONSTRAINT renewal_choices_transaction_id_key UNIQUE (transaction_id);

ALTER TABLE ONLY spending.renewal_progress
    ADD CONSTRAINT renewal_progress_pkey PRIMARY KEY (one);

ALTER TABLE ONLY spending.requests
    ADD CONSTRAINT requests_pkey PRIMARY KEY (id);

ALTER TABLE ONLY spending.service_recipients
    ADD CONSTRAINT service_recipients_pkey PRIMARY KEY (service, version, role);

ALTER TABLE ONLY spending.service_versions
    ADD CONSTRAINT service_versions_pkey PRIMARY KEY (service, version);

ALTER TABLE ONLY spending.services
    ADD CONSTRAINT services_pkey PRIMARY KEY (id);

ALTER TABLE ONLY spending.transfers
    ADD CONSTRAINT transfers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY storage.unsigned
    ADD CONSTRAINT unsigned_pkey PRIMARY KEY (chain);

ALTER TABLE ONLY suspensions.changes
    ADD CONSTRAINT changes_approval_key UNIQUE (approval);

ALTER TABLE ONLY suspensions.changes
    ADD CONSTRAINT changes_pkey PRIMARY KEY (number);

ALTER TABLE ONLY traces.reads
    ADD CONSTRAINT reads_pkey PRIMARY KEY (id);

ALTER TABLE ONLY vesting.decisions
    ADD CONSTRAINT decisions_granted_key UNIQUE (granted);

ALTER TABLE ONLY vesting.decisions
    ADD CONSTRAINT decisions_participant_week_type_vests_days_key UNIQUE (participant, week, type, vests_days);

ALTER TABLE ONLY vesting.decisions
    ADD CONSTRAINT decisions_pkey PRIMARY KEY (transaction_id);

ALTER TABLE ONLY vesting.evidence
    ADD CONSTRAINT evidence_pkey PRIMARY KEY (uuid, source_id);

ALTER TABLE ONLY vesting.progress
    ADD CONSTRAINT progress_pkey PRIMARY KEY (one);

ALTER TABLE ONLY vesting.referrals
    ADD CONSTRAINT referrals_pkey PRIMARY KEY (uuid, source_id);

ALTER TABLE ONLY vesting.shards
    ADD CONSTRAINT shards_pkey PRIMARY KEY (shard);

ALTER TABLE ONLY vesting.verdicts
    ADD CONSTRAINT verdicts_pkey PRIMARY KEY (transaction_id, place);

ALTER TABLE ONLY weeks.anchor_leaves
    ADD CONSTRAINT anchor_leaves_pkey PRIMARY KEY (week, place);

ALTER TABLE ONLY weeks.anchor_leaves
    ADD CONSTRAINT anchor_leaves_week_participant_key UNIQUE (week, participant);

ALTER TABLE ONLY weeks.anchors
    ADD CONSTRAINT anchors_pkey PRIMARY KEY (week);

ALTER TABLE ONLY weeks.bound_overrides
    ADD CONSTRAINT bound_overrides_pkey PRIMARY KEY (week);

ALTER TABLE ONLY weeks.corrections
    ADD CONSTRAINT corrections_pkey PRIMARY KEY (participant, week, revision);

ALTER TABLE ONLY weeks.corrections
    ADD CONSTRAINT corrections_transaction_id_key UNIQUE (transaction_id);

ALTER TABLE ONLY weeks.grants
    ADD CONSTRAINT grants_pkey PRIMARY KEY (participant, week, type, vests_days);

ALTER TABLE ONLY weeks.grants
    ADD CONSTRAINT grants_transaction_id_position_key UNIQUE (transaction_id, "position");

ALTER TABLE ONLY weeks.measures
    ADD CONSTRAINT measures_pkey PRIMARY KEY (week);

ALTER TABLE ONLY weeks.overrides
    ADD CONSTRAINT overrides_pkey PRIMARY KEY (approval);

ALTER TABLE ONLY weeks.runs
    ADD CONSTRAINT runs_pkey PRIMARY KEY (week);

ALTER TABLE ONLY weeks.seals
    ADD CONSTRAINT seals_pkey PRIMARY KEY (week, shard, participant, type, day, vests_days);

ALTER TABLE ONLY weeks.settlements
    ADD CONSTRAINT settlements_pkey PRIMARY KEY (week, shard, part);

ALTER TABLE ONLY weeks.settlements
    ADD CONSTRAINT settlements_transaction_id_key UNIQUE (transaction_id);

ALTER TABLE ONLY weeks.shards
    ADD CONSTRAINT shards_pkey PRIMARY KEY (week, shard);

ALTER TABLE ONLY weeks.source_budgets
    ADD CONSTRAINT source_budgets_pkey PRIMARY KEY (week, source_id);

ALTER TABLE ONLY weeks.source_measures
    ADD CONSTRAINT source_measures_pkey PRIMARY KEY (week, source_id);

ALTER TABLE ONLY weeks.statements
    ADD CONSTRAINT statements_pkey PRIMARY KEY (week, shard, participant);

CREATE INDEX events_by_level ON activity.events USING btree (participant, at) WHERE (level IS NOT NULL);

CREATE INDEX events_by_receipt ON activity.events USING brin (received_at);

CREATE INDEX events_by_target ON activity.events USING btree (retracts) WHERE (retracts IS NOT NULL);

CREATE INDEX events_by_week ON activity.events USING btree (week, shard, participant);

CREATE INDEX links_of_identity ON activity.links USING btree (identity, number DESC);

CREATE INDEX links_of_merge ON activity.links USING btree (merge) WHERE (merge IS NOT NULL);

CREATE INDEX links_of_survivor ON activity.links USING btree (survivor);

CREATE INDEX merges_by_time ON activity.merges USING btree (at, id);

CREATE INDEX profile_changes_by_participant ON activity.profile_changes USING btree (participant, at);

CREATE INDEX requests_by_time ON approvals.requests USING btree (asked_at DESC, id DESC);

CREATE INDEX signatures_by_fund ON approvals.signatures USING btree (fund, at);

CREATE INDEX signatures_by_person ON approvals.signatures USING btree (person, at);

CREATE INDEX signatures_by_receiver ON approvals.signatures USING btree (receiver, at);

CREATE INDEX entries_of_sign_ins ON audit.entries USING btree (sequence) WHERE (action = 'operator.sign-in'::text);

CREATE INDEX answers_by_end ON economy.answers USING btree (ends_on) WHERE (ends_on IS NOT NULL);

CREATE INDEX appeals_by_time ON inactivity.appeals USING btree (at, id);

CREATE INDEX decisions_by_person ON inactivity.decisions USING btree (person, at) WHERE (person IS NOT NULL);

CREATE INDEX leaves_by_participant ON inactivity.leaves USING btree (participant, number);

CREATE INDEX lines_by_participant ON inactivity.lines USING btree (participant, quarter);

CREATE INDEX warnings_by_participant ON inactivity.warnings USING btree (participant, quarter);

CREATE INDEX commits_by_time ON ledger.commits USING btree (at, sequence);

CREATE INDEX postings_of_account ON ledger.postings USING btree (account_id, sequence DESC, "position" DESC, line DESC);

CREATE INDEX refusals_by_age ON ledger.refusals USING btree (at);

CREATE INDEX deliveries_dead ON notices.deliveries USING btree (ended_at DESC, notice DESC, channel DESC) WHERE (state = 3);

CREATE INDEX deliveries_ended ON notices.deliveries USING btree (channel, ended_at) INCLUDE (state) WHERE (state <> 1);

CREATE INDEX deliveries_gathered ON notices.deliveries USING btree (leader, channel) WHERE (state = 5);

CREATE INDEX deliveries_waiting ON notices.deliveries USING btree (channel, rank, due, place) WHERE (state = 1);

CREATE INDEX notices_by_participant ON notices.notices USING btree (participant, at DESC, id DESC);

CREATE INDEX notices_unplanned ON notices.notices USING btree (at, id) WHERE (NOT is_planned);

CREATE INDEX notices_unread ON notices.notices USING btree (participant, at DESC, id DESC) WHERE (read_at IS NULL);

CREATE INDEX pauses_by_channel ON notices.pauses USING btree (channel, number DESC);

CREATE INDEX register_by_person ON operators.register USING btree (person);

CREATE INDEX orleansreminderstable_serviceid_grainhash_idx ON orleans.orleansreminderstable USING btree (serviceid, grainhash);

CREATE INDEX sessions_by_end ON sessions.sessions USING btree (ends_at);

CREATE INDEX sessions_of_subject ON sessions.sessions USING btree (subject, role) WHERE (ended_at IS NULL);

CREATE INDEX acts_by_time ON settlement.acts USING btree (at, id);

CREATE UNIQUE INDEX acts_of_reference ON settlement.acts USING btree (reference) WHERE (reference IS NOT NULL);

CREATE INDEX acts_open ON settlement.acts USING btree (at) WHERE (NOT is_closed);

CREATE INDEX asked_acts_approved ON settlement.asked_acts USING btree (approved_at, id) WHERE (approved_at IS NOT NULL);

CREATE INDEX asked_acts_by_time ON settlement.asked_acts USING btree (at, id);

CREATE INDEX asked_acts_of_deposit ON settlement.asked_acts USING btree (deposit) WHERE (deposit IS NOT NULL);

CREATE INDEX attempts_by_time ON settlement.attempts USING btree (signed_at);

CREATE UNIQUE INDEX attempts_one_live ON settlement.attempts USING btree (act) WHERE (outcome IS DISTINCT FROM 3);

CREATE INDEX challenges_ended ON settlement.challenges USING btree (expires_at);

CREATE INDEX challenges_of_participant ON settlement.challenges USING btree (participant, expires_at);

CREATE INDEX decisions_of_act ON settlement.decisions USING btree (act);

CREATE UNIQUE INDEX decisions_open ON settlement.decisions USING btree (act) WHERE (reply IS NULL);

CREATE INDEX deposits_of_participant ON settlement.deposits USING btree (participant, number);

CREATE INDEX deposits_open ON settlement.deposits USING btree (number) WHERE (state = ANY (ARRAY[2, 4]));

CREATE INDEX differences_open ON settlement.differences USING btree (number) WHERE (covered_by IS NULL);

CREATE UNIQUE INDEX pauses_one_open ON settlement.pauses USING btree ((true)) WHERE (ended_at IS NULL);

CREATE INDEX payouts_made_account ON settlement.payouts USING btree (address) WHERE makes_account;

CREATE INDEX payouts_of_act ON settlement.payouts USING btree (act) WHERE (act IS NOT NULL);

CREATE INDEX payouts_of_participant ON settlement.payouts USING btree (participant, number);

CREATE UNIQUE INDEX payouts_once_a_week ON settlement.payouts USING btree (week, participant) WHERE (week IS NOT NULL);

CREATE INDEX payouts_taken ON settlement.payouts USING btree (number) WHERE (state = 2);

CREATE INDEX payouts_waiting ON settlement.payouts USING btree (number) WHERE (state = 1);

CREATE INDEX reconciliations_open ON settlement.reconciliations USING btree (number) WHERE (at IS NULL);

CREATE INDEX refusals_by_time ON settlement.refusals USING btree (last_at);

CREATE INDEX wallets_history ON settlement.wallets USING btree (participant, linked_at);

CREATE UNIQUE INDEX wallets_of_address ON settlement.wallets USING btree (address) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX wallets_of_participant ON settlement.wallets USING btree (participant) WHERE (ended_at IS NULL);

CREATE INDEX backfills_of_source ON sources.backfills USING btree (source_id, asked_at, id);

CREATE INDEX club_given_by_time ON sources.club_given USING btree (source_id, at);

CREATE INDEX club_given_of_actor ON sources.club_given USING btree (source_id, actor, at);

CREATE INDEX club_posts_of_topic ON sources.club_posts USING btree (source_id, topic);

CREATE INDEX given_events_of_post ON sources.given_events USING btree (source_id, post);

CREATE INDEX given_events_waiting ON sources.given_events USING btree (place) WHERE (rejected IS NULL);

CREATE INDEX quarantine_by_age ON sources.quarantine USING btree (received_at);

CREATE INDEX quarantine_by_uuid ON sources.quarantine USING btree (source_id, uuid);

CREATE UNIQUE INDEX quarantine_held ON sources.quarantine USING btree (source_id, uuid) WHERE (reason = 'held'::text);

CREATE INDEX quarantine_of_source ON sources.quarantine USING btree (source_id, place);

CREATE INDEX week_checks_of_source ON sources.week_checks USING btree (source_id, asked_at, id);

CREATE INDEX entitlement_uses_by_entitlement ON spending.entitlement_uses USING btree (entitlement);

CREATE INDEX entitlements_by_end ON spending.entitlements USING btree (ends_at) WHERE ((months IS NOT NULL) AND (ended_at IS NULL));

CREATE INDEX entitlements_by_participant ON spending.entitlements USING btree (participant);

CREATE UNIQUE INDEX entitlements_once_a_month ON spending.entitlements USING btree (first, number) WHERE (first IS NOT NULL);

CREATE INDEX fund_grants_by_participant ON spending.fund_grants USING btree (participant);

CREATE INDEX fund_grants_open ON spending.fund_grants USING btree (shard, unlocks_on) WHERE (decided_on IS NULL);

CREATE INDEX fund_spends_by_time ON spending.fund_spends USING btree (asked_at DESC, id DESC);

CREATE INDEX purchase_parts_by_recipient ON spending.purchase_parts USING btree (recipient, purchase) WHERE (recipient IS NOT NULL);

CREATE INDEX purchases_by_buyer ON spending.purchases USING btree (buyer, at);

CREATE UNIQUE INDEX renewal_attempts_paid_once ON spending.renewal_attempts USING btree (entitlement, number) WHERE (outcome = 2);

CREATE INDEX renewal_choices_by_entitlement ON spending.renewal_choices USING btree (entitlement, number);

CREATE INDEX requests_by_day_of_refusal ON spending.requests USING btree (written_on) WHERE (refusal IS NOT NULL);

CREATE UNIQUE INDEX requests_by_other_transaction ON spending.requests USING btree (transaction_id) WHERE (transaction_id <> id);

CREATE INDEX transfers_by_sender ON spending.transfers USING btree (sender, day);

CREATE INDEX changes_by_participant ON suspensions.changes USING btree (participant, number DESC);

CREATE INDEX reads_by_participant ON traces.reads USING btree (participant, at);

CREATE INDEX reads_by_time ON traces.reads USING btree (at);

CREATE INDEX decisions_by_day ON vesting.decisions USING btree (decided_on);

CREATE INDEX decisions_by_person ON vesting.decisions USING btree (person, decided_at) WHERE (person IS NOT NULL);

CREATE INDEX decisions_by_receiver ON vesting.decisions USING btree (participant, decided_at) WHERE (person IS NOT NULL);

CREATE INDEX decisions_unposted ON vesting.decisions USING btree (shard, transaction_id) WHERE (sequence IS NULL);

CREATE INDEX evidence_by_event ON vesting.evidence USING btree (event);

CREATE INDEX referrals_by_referred ON vesting.referrals USING btree (referred);

CREATE INDEX grants_open ON weeks.grants USING btree (shard, unlocks_on) WHERE (decided_on IS NULL);

CREATE INDEX overrides_by_week ON weeks.overrides USING btree (week);

CREATE INDEX statements_by_participant ON weeks.statements USING btree (participant, week);

CREATE TRIGGER fund_grant_shard BEFORE INSERT ON spending.fund_grants FOR EACH ROW WHEN ((new.shard IS NULL)) EXECUTE FUNCTION weeks.grant_shard();

CREATE TRIGGER grant_shard BEFORE INSERT ON weeks.grants FOR EACH ROW WHEN ((new.shard IS NULL)) EXECUTE FUNCTION weeks.grant_shard();

ALTER TABLE ONLY activity.events
    ADD CONSTRAINT events_source_id_fkey FOREIGN KEY (source_id) REFERENCES activity.sources(id);

ALTER TABLE ONLY activity.links
    ADD CONSTRAINT links_identity_fkey FOREIGN KEY (identity) REFERENCES activity.participants(number);

ALTER TABLE ONLY activity.links
    ADD CONSTRAINT links_merge_fkey FOREIGN KEY (merge) REFERENCES activity.merges(id);

ALTER TABLE ONLY activity.links
    ADD CONSTRAINT links_survivor_fkey FOREIGN KEY (survivor) REFERENCES activity.participants(number);

ALTER TABLE ONLY activity.merges
    ADD CONSTRAINT merges_merged_fkey FOREIGN KEY (merged) REFERENCES activity.participants(number);

ALTER TABLE ONLY activity.merges
    ADD CONSTRAINT merges_survivor_fkey FOREIGN KEY (survivor) REFERENCES activity.participants(number);

ALTER TABLE ONLY activity.profile_changes
    ADD CONSTRAINT profile_changes_participant_fkey FOREIGN KEY (participant) REFERENCES activity.participants(number);

ALTER TABLE ONLY approvals.decisions
    ADD CONSTRAINT decisions_request_fkey FOREIGN KEY (request) REFERENCES approvals.requests(id);

ALTER TABLE ONLY audit.texts
    ADD CONSTRAINT texts_sequence_fkey FOREIGN KEY (sequence) REFERENCES audit.entries(sequence);

ALTER TABLE ONLY economy.rule_book_withdrawals
    ADD CONSTRAINT rule_book_withdrawals_version_fkey FOREIGN KEY (version) REFERENCES economy.rule_books(version);

ALTER TABLE ONLY inactivity.appeals
    ADD CONSTRAINT appeals_participant_fkey FOREIGN KEY (participant) REFERENCES activity.participants(number);

ALTER TABLE ONLY inactivity.decisions
    ADD CONSTRAINT decisions_appeal_fkey FOREIGN KEY (appeal) REFERENCES inactivity.appeals(id);

ALTER TABLE ONLY inactivity.leaves
    ADD CONSTRAINT leaves_participant_fkey FOREIGN KEY (participant) REFERENCES activity.participants(number);

ALTER TABLE ONLY inactivity.parts
    ADD CONSTRAINT parts_quarter_days_fkey FOREIGN KEY (quarter, days) REFERENCES inactivity.runs(quarter, days);

ALTER TABLE ONLY inactivity.warnings
    ADD CONSTRAINT warnings_quarter_days_fkey FOREIGN KEY (quarter, days) REFERENCES inactivity.runs(quarter, days);

ALTER TABLE ONLY notices.addresses
    ADD CONSTRAINT addresses_participant_fkey FOREIGN KEY (participant) REFERENCES activity.participants(number);

ALTER TABLE ONLY notices.deliveries
    ADD CONSTRAINT deliveries_notice_fkey FOREIGN KEY (notice) REFERENCES notices.notices(id);

ALTER TABLE ONLY notices.preferences
    ADD CONSTRAINT preferences_participant_fkey FOREIGN KEY (participant) REFERENCES activity.participants(number) ON DELETE CASCADE;

ALTER TABLE ONLY operators.confirmations
    ADD CONSTRAINT confirmations_entry_fkey FOREIGN KEY (entry) REFERENCES operators.register(entry);

ALTER TABLE ONLY operators.ends
    ADD CONSTRAINT ends_entry_fkey FOREIGN KEY (entry) REFERENCES operators.register(entry);

ALTER TABLE ONLY orleans.orleansmembershiptable
    ADD CONSTRAINT orleansmembershiptable_deploymentid_fkey FOREIGN KEY (deploymentid) REFERENCES orleans.orleansmembershipversiontable(deploymentid);

ALTER TABLE ONLY settlement.asked_acts
    ADD CONSTRAINT asked_acts_deposit_fkey FOREIGN KEY (deposit) REFERENCES settlement.deposits(id);

ALTER TABLE ONLY settlement.asked_acts
    ADD CONSTRAINT asked_acts_week_fkey FOREIGN KEY (week) REFERENCES weeks.anchors(week);

ALTER TABLE ONLY settlement.attempts
    ADD CONSTRAINT attempts_act_fkey FOREIGN KEY (act) REFERENCES settlement.acts(id);

ALTER TABLE ONLY settlement.attempts
    ADD CONSTRAINT attempts_act_former_former_outcome_fkey FOREIGN KEY (act, former, former_outcome) REFERENCES settlement.attempts(act, number, outcome);

ALTER TABLE ONLY settlement.challenges
    ADD CONSTRAINT challenges_participant_fkey FOREIGN KEY (participant) REFERENCES activity.participants(number);

ALTER TABLE ONLY settlement.decisions
    ADD CONSTRAINT decisions_act_fkey FOREIGN KEY (act) REFERENCES settlement.acts(id);

ALTER TABLE ONLY settlement.decisions
    ADD CONSTRAINT decisions_approval_fkey FOREIGN KEY (approval) REFERENCES approvals.requests(id);

ALTER TABLE ONLY settlement.deposits
    ADD CONSTRAINT deposits_approval_fkey FOREIGN KEY (approval) REFERENCES approvals.requests(id);

ALTER TABLE ONLY settlement.differences
    ADD CONSTRAINT differences_approval_fkey FOREIGN KEY (approval) REFERENCES approvals.requests(id);

ALTER TABLE ONLY settlement.hand_signatures
    ADD CONSTRAINT hand_signatures_act_fkey FOREIGN KEY (act) REFERENCES settlement.asked_acts(id);

ALTER TABLE ONLY settlement.pauses
    ADD CONSTRAINT pauses_approval_fkey FOREIGN KEY (approval) REFERENCES approvals.requests(id);

ALTER TABLE ONLY settlement.payouts
    ADD CONSTRAINT payouts_act_fkey FOREIGN KEY (act) REFERENCES settlement.acts(id);

ALTER TABLE ONLY settlement.refusals
    ADD CONSTRAINT refusals_act_fkey FOREIGN KEY (act) REFERENCES settlement.acts(id);

ALTER TABLE ONLY settlement.wallet_modes
    ADD CONSTRAINT wallet_modes_participant_fkey FOREIGN KEY (participant) REFERENCES activity.participants(number);

ALTER TABLE ONLY settlement.wallets
    ADD CONSTRAINT wallets_participant_fkey FOREIGN KEY (participant) REFERENCES activity.participants(number);

ALTER TABLE ONLY sources.backfills
    ADD CONSTRAINT backfills_source_id_fkey FOREIGN KEY (source_id) REFERENCES activity.sources(id);

ALTER TABLE ONLY sources.budget_alarms
    ADD CONSTRAINT budget_alarms_source_id_fkey FOREIGN KEY (source_id) REFERENCES activity.sources(id);

ALTER TABLE ONLY sources.club_given
    ADD CONSTRAINT club_given_source_id_post_fkey FOREIGN KEY (source_id, post) REFERENCES sources.club_posts(source_id, post);

ALTER TABLE ONLY sources.club_people
    ADD CONSTRAINT club_people_source_id_fkey FOREIGN KEY (source_id) REFERENCES activity.sources(id);

ALTER TABLE ONLY sources.club_posts
    ADD CONSTRAINT club_posts_source_id_fkey FOREIGN KEY (source_id) REFERENCES activity.sources(id);

ALTER TABLE ONLY sources.club_questions
    ADD CONSTRAINT club_questions_source_id_fkey FOREIGN KEY (source_id) REFERENCES activity.sources(id);

ALTER TABLE ONLY sources.club_topics
    ADD CONSTRAINT club_topics_source_id_fkey FOREIGN KEY (source_id) REFERENCES activity.sources(id);

ALTER TABLE ONLY sources.given_events
    ADD CONSTRAINT given_events_source_id_fkey FOREIGN KEY (source_id) REFERENCES activity.sources(id);

ALTER TABLE ONLY sources.platform_cursors
    ADD CONSTRAINT platform_cursors_source_id_fkey FOREIGN KEY (source_id) REFERENCES activity.sources(id);

ALTER TABLE ONLY sources.platform_levels
    ADD CONSTRAINT platform_levels_source_id_fkey FOREIGN KEY (source_id) REFERENCES activity.sources(id);

ALTER TABLE ONLY sources.pull_reads
    ADD CONSTRAINT pull_reads_source_id_fkey FOREIGN KEY (source_id) REFERENCES activity.sources(id);

ALTER TABLE ONLY sources.pull_reads
    ADD CONSTRAINT pull_reads_week_check_fkey FOREIGN KEY (week_check) REFERENCES sources.week_checks(id);

ALTER TABLE ONLY sources.pulls
    ADD CONSTRAINT pulls_source_id_fkey FOREIGN KEY (source_id) REFERENCES activity.sources(id);

ALTER TABLE ONLY sources.quarantine
    ADD CONSTRAINT quarantine_source_id_fkey FOREIGN KEY (source_id) REFERENCES activity.sources(id);

ALTER TABLE ONLY sources.void_lifts
    ADD CONSTRAINT void_lifts_void_fkey FOREIGN KEY (void) REFERENCES sources.voids(id);

ALTER TABLE ONLY sources.voids
    ADD CONSTRAINT voids_source_id_fkey FOREIGN KEY (source_id) REFERENCES activity.sources(id);

ALTER TABLE ONLY sources.week_checks
    ADD CONSTRAINT week_checks_source_id_fkey FOREIGN KEY (source_id) REFERENCES activity.sources(id);

ALTER TABLE ONLY spending.entitlement_uses
    ADD CONSTRAINT entitlement_uses_entitlement_fkey FOREIGN KEY (entitlement) REFERENCES spending.entitlements(id);

ALTER TABLE ONLY spending.proposals
    ADD CONSTRAINT proposals_provider_fkey FOREIGN KEY (provider) REFERENCES activity.participants(number);

ALTER TABLE ONLY spending.service_recipients
    ADD CONSTRAINT service_recipients_participant_fkey FOREIGN KEY (participant) REFERENCES activity.participants(number);

ALTER TABLE ONLY spending.service_recipients
    ADD CONSTRAINT service_recipients_service_version_fkey FOREIGN KEY (service, version) REFERENCES spending.service_versions(service, version);

ALTER TABLE ONLY spending.service_versions
    ADD CONSTRAINT service_versions_service_fkey FOREIGN KEY (service) REFERENCES spending.services(id);

ALTER TABLE ONLY spending.services
    ADD CONSTRAINT services_provider_fkey FOREIGN KEY (provider) REFERENCES activity.participants(number);

ALTER TABLE ONLY suspensions.changes
    ADD CONSTRAINT changes_participant_fkey FOREIGN KEY (participant) REFERENCES activity.participants(number);

ALTER TABLE ONLY traces.reads
    ADD CONSTRAINT reads_participant_fkey FOREIGN KEY (participant) REFERENCES activity.participants(number);

ALTER TABLE ONLY vesting.decisions
    ADD CONSTRAINT decisions_granted_fkey FOREIGN KEY (granted) REFERENCES spending.fund_grants(transaction_id);

ALTER TABLE ONLY vesting.decisions
    ADD CONSTRAINT decisions_participant_week_type_vests_days_fkey FOREIGN KEY (participant, week, type, vests_days) REFERENCES weeks.grants(participant, week, type, vests_days);

ALTER TABLE ONLY vesting.evidence
    ADD CONSTRAINT evidence_uuid_source_id_fkey FOREIGN KEY (uuid, source_id) REFERENCES activity.events(uuid, source_id);

ALTER TABLE ONLY vesting.referrals
    ADD CONSTRAINT referrals_uuid_source_id_fkey FOREIGN KEY (uuid, source_id) REFERENCES activity.events(uuid, source_id);

ALTER TABLE ONLY vesting.verdicts
    ADD CONSTRAINT verdicts_transaction_id_fkey FOREIGN KEY (transaction_id) REFERENCES vesting.decisions(transaction_id);

ALTER TABLE ONLY weeks.anchor_leaves
    ADD CONSTRAINT anchor_leaves_week_fkey FOREIGN KEY (week) REFERENCES weeks.anchors(week);

ALTER TABLE ONLY weeks.anchors
    ADD CONSTRAINT anchors_week_fkey FOREIGN KEY (week) REFERENCES weeks.runs(week);

ALTER TABLE ONLY weeks.bound_overrides
    ADD CONSTRAINT bound_overrides_week_fkey FOREIGN KEY (week) REFERENCES weeks.runs(week);

ALTER TABLE ONLY weeks.corrections
    ADD CONSTRAINT corrections_week_fkey FOREIGN KEY (week) REFERENCES weeks.runs(week);

ALTER TABLE ONLY weeks.measures
    ADD CONSTRAINT measures_week_fkey FOREIGN KEY (week) REFERENCES weeks.runs(week);

ALTER TABLE ONLY weeks.runs
    ADD CONSTRAINT runs_week_fkey FOREIGN KEY (week) REFERENCES activity.weeks(week);

ALTER TABLE ONLY weeks.shards
    ADD CONSTRAINT shards_week_fkey FOREIGN KEY (week) REFERENCES weeks.runs(week);

ALTER TABLE ONLY weeks.source_budgets
    ADD CONSTRAINT source_budgets_source_id_fkey FOREIGN KEY (source_id) REFERENCES activity.sources(id);

ALTER TABLE ONLY weeks.source_budgets
    ADD CONSTRAINT source_budgets_week_fkey FOREIGN KEY (week) REFERENCES weeks.runs(week);

ALTER TABLE ONLY weeks.source_measures
    ADD CONSTRAINT source_measures_source_id_fkey FOREIGN KEY (source_id) REFERENCES activity.sources(id);

ALTER TABLE ONLY weeks.source_measures
    ADD CONSTRAINT source_measures_week_fkey FOREIGN KEY (week) REFERENCES weeks.measures(week);

GRANT USAGE ON SCHEMA activity TO stk_service;
GRANT USAGE ON SCHEMA activity TO stk_reader;

GRANT USAGE ON SCHEMA approvals TO stk_reader;
GRANT USAGE ON SCHEMA approvals TO stk_service;

GRANT USAGE ON SCHEMA audit TO stk_service;
GRANT USAGE ON SCHEMA audit TO stk_reader;

GRANT USAGE ON SCHEMA economy TO stk_service;
GRANT USAGE ON SCHEMA economy TO stk_reader;

GRANT USAGE ON SCHEMA inactivity TO stk_reader;
GRANT USAGE ON SCHEMA inactivity TO stk_service;

GRANT USAGE ON SCHEMA ledger TO stk_service;
GRANT USAGE ON SCHEMA ledger TO stk_reader;

GRANT USAGE ON SCHEMA notices TO stk_reader;
GRANT USAGE ON SCHEMA notices TO stk_service;

GRANT USAGE ON SCHEMA operators TO stk_reader;
GRANT USAGE ON SCHEMA operators TO stk_service;

GRANT USAGE ON SCHEMA orleans TO stk_service;
GRANT USAGE ON SCHEMA orleans TO stk_api;
GRANT USAGE ON SCHEMA orleans TO stk_reader;

GRANT USAGE ON SCHEMA revocations TO stk_reader;
GRANT USAGE ON SCHEMA revocations TO stk_service;

GRANT USAGE ON SCHEMA schedule TO stk_reader;
GRANT USAGE ON SCHEMA schedule TO stk_service;

GRANT USAGE ON SCHEMA sessions TO stk_reader;
GRANT USAGE ON SCHEMA sessions TO stk_service;

GRANT USAGE ON SCHEMA settlement TO stk_reader;
GRANT USAGE ON SCHEMA settlement TO stk_service;

GRANT USAGE ON SCHEMA sources TO stk_reader;
GRANT USAGE ON SCHEMA sources TO stk_service;

GRANT USAGE ON SCHEMA spending TO stk_service;
GRANT USAGE ON SCHEMA spending TO stk_reader;

GRANT USAGE ON SCHEMA storage TO stk_service;
GRANT USAGE ON SCHEMA storage TO stk_reader;

GRANT USAGE ON SCHEMA suspensions TO stk_reader;
GRANT USAGE ON SCHEMA suspensions TO stk_service;

GRANT USAGE ON SCHEMA traces TO stk_reader;
GRANT USAGE ON SCHEMA traces TO stk_service;

GRANT USAGE ON SCHEMA vesting TO stk_reader;
GRANT USAGE ON SCHEMA vesting TO stk_service;

GRANT USAGE ON SCHEMA weeks TO stk_service;
GRANT USAGE ON SCHEMA weeks TO stk_reader;

REVOKE ALL ON FUNCTION economy.drop_answers() FROM PUBLIC;
GRANT ALL ON FUNCTION economy.drop_answers() TO stk_service;

REVOKE ALL ON FUNCTION spending.drop_refusals() FROM PUBLIC;
GRANT ALL ON FUNCTION spending.drop_refusals() TO stk_service;

REVOKE ALL ON FUNCTION traces.drop_ended() FROM PUBLIC;
GRANT ALL ON FUNCTION traces.drop_ended() TO stk_service;

GRANT SELECT,INSERT ON TABLE activity.events TO stk_service;
GRANT SELECT ON TABLE activity.events TO stk_reader;

GRANT SELECT ON TABLE activity.links TO stk_reader;
GRANT SELECT,INSERT ON TABLE activity.links TO stk_service;

GRANT SELECT ON TABLE activity.linked TO stk_reader;
GRANT SELECT ON TABLE activity.linked TO stk_service;

GRANT SELECT ON TABLE sources.void_lifts TO stk_reader;
GRANT SELECT,INSERT ON TABLE sources.void_lifts TO stk_service;

GRANT SELECT ON TABLE sources.voids TO stk_reader;
GRANT SELECT,INSERT ON TABLE sources.voids TO stk_service;

GRANT SELECT ON TABLE sources.voids_in_force TO stk_reader;
GRANT SELECT ON TABLE sources.voids_in_force TO stk_service;

GRANT SELECT ON TABLE activity.live_events TO stk_service;
GRANT SELECT ON TABLE activity.live_events TO stk_reader;

GRANT SELECT ON TABLE activity.merges TO stk_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE activity.merges TO stk_service;

GRANT SELECT,INSERT ON TABLE activity.participants TO stk_service;
GRANT SELECT ON TABLE activity.participants TO stk_reader;

GRANT SELECT,INSERT ON TABLE activity.profile_changes TO stk_service;
GRANT SELECT ON TABLE activity.profile_changes TO stk_reader;

GRANT SELECT,INSERT,UPDATE ON TABLE activity.sources TO stk_service;
GRANT SELECT ON TABLE activity.sources TO stk_reader;

GRANT SELECT,INSERT,UPDATE ON TABLE activity.weeks TO stk_service;
GRANT SELECT ON TABLE activity.weeks TO stk_reader;

GRANT SELECT ON TABLE approvals.decisions TO stk_reader;
GRANT SELECT,INSERT ON TABLE approvals.decisions TO stk_service;

GRANT SELECT ON TABLE approvals.signatures TO stk_reader;
GRANT SELECT,INSERT ON TABLE approvals.signatures TO stk_service;

GRANT SELECT ON TABLE inactivity.appeals TO stk_reader;
GRANT SELECT,INSERT ON TABLE inactivity.appeals TO stk_service;

GRANT UPDATE(state) ON TABLE inactivity.appeals TO stk_service;

GRANT SELECT ON TABLE inactivity.decisions TO stk_reader;
GRANT SELECT,INSERT ON TABLE inactivity.decisions TO stk_service;

GRANT SELECT ON TABLE vesting.decisions TO stk_reader;
GRANT SELECT,INSERT ON TABLE vesting.decisions TO stk_service;

GRANT UPDATE(sequence) ON TABLE vesting.decisions TO stk_service;

GRANT SELECT ON TABLE approvals.given TO stk_reader;
GRANT SELECT ON TABLE approvals.given TO stk_service;

GRANT SELECT ON TABLE approvals.requests TO stk_reader;
GRANT SELECT,INSERT ON TABLE approvals.requests TO stk_service;

GRANT SELECT,INSERT ON TABLE audit.entries TO stk_service;
GRANT SELECT ON TABLE audit.entries TO stk_reader;

GRANT SELECT,UPDATE ON TABLE audit.head TO stk_service;
GRANT SELECT ON TABLE audit.head TO stk_reader;

GRANT SELECT,INSERT ON TABLE audit.texts TO stk_service;
GRANT SELECT ON TABLE audit.texts TO stk_reader;

GRANT SELECT,INSERT ON TABLE economy.answers TO stk_service;
GRANT SELECT ON TABLE economy.answers TO stk_reader;

GRANT SELECT ON TABLE economy.builds TO stk_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE economy.builds TO stk_service;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE economy.clock TO stk_service;
GRANT SELECT ON TABLE economy.clock TO stk_reader;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE orleans.orleansstorage TO stk_service;
GRANT SELECT ON TABLE orleans.orleansstorage TO stk_reader;

GRANT SELECT ON TABLE economy.emission_progress TO stk_service;
GRANT SELECT ON TABLE economy.emission_progress TO stk_reader;

GRANT SELECT,INSERT ON TABLE economy.genesis TO stk_service;
GRANT SELECT ON TABLE economy.genesis TO stk_reader;

GRANT SELECT,INSERT,UPDATE ON TABLE economy.heartbeat TO stk_service;
GRANT SELECT ON TABLE economy.heartbeat TO stk_reader;

GRANT SELECT ON TABLE economy.resumes TO stk_reader;
GRANT SELECT,INSERT ON TABLE economy.resumes TO stk_service;

GRANT SELECT ON TABLE economy.rule_book_withdrawals TO stk_reader;
GRANT SELECT,INSERT ON TABLE economy.rule_book_withdrawals TO stk_service;

GRANT SELECT,INSERT ON TABLE economy.rule_books TO stk_service;
GRANT SELECT ON TABLE economy.rule_books TO stk_reader;

GRANT SELECT ON TABLE economy.schedule_pause TO stk_service;
GRANT SELECT ON TABLE economy.schedule_pause TO stk_reader;

GRANT SELECT,INSERT ON TABLE economy.sign_ins TO stk_service;
GRANT SELECT ON TABLE economy.sign_ins TO stk_reader;

GRANT SELECT ON TABLE inactivity.credits TO stk_reader;
GRANT SELECT,INSERT ON TABLE inactivity.credits TO stk_service;

GRANT SELECT ON TABLE inactivity.debits TO stk_reader;
GRANT SELECT,INSERT ON TABLE inactivity.debits TO stk_service;

GRANT SELECT ON TABLE inactivity.earned TO stk_reader;
GRANT SELECT,INSERT ON TABLE inactivity.earned TO stk_service;

GRANT SELECT ON TABLE inactivity.leaves TO stk_reader;
GRANT SELECT,INSERT ON TABLE inactivity.leaves TO stk_service;

GRANT SELECT ON TABLE inactivity.lines TO stk_reader;
GRANT SELECT,INSERT ON TABLE inactivity.lines TO stk_service;

GRANT SELECT ON TABLE inactivity.parts TO stk_reader;
GRANT SELECT,INSERT ON TABLE inactivity.parts TO stk_service;

GRANT SELECT ON TABLE inactivity.restorations TO stk_reader;
GRANT SELECT,INSERT ON TABLE inactivity.restorations TO stk_service;

GRANT SELECT ON TABLE inactivity.runs TO stk_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE inactivity.runs TO stk_service;

GRANT SELECT ON TABLE inactivity.warnings TO stk_reader;
GRANT SELECT,INSERT ON TABLE inactivity.warnings TO stk_service;

GRANT SELECT,INSERT,UPDATE ON TABLE ledger.accounts TO stk_service;
GRANT SELECT ON TABLE ledger.accounts TO stk_reader;

GRANT SELECT,INSERT ON TABLE ledger.commits TO stk_service;
GRANT SELECT ON TABLE ledger.commits TO stk_reader;

GRANT SELECT,UPDATE ON TABLE ledger.head TO stk_service;
GRANT SELECT ON TABLE ledger.head TO stk_reader;

GRANT SELECT,INSERT ON TABLE ledger.postings TO stk_service;
GRANT SELECT ON TABLE ledger.postings TO stk_reader;

GRANT SELECT,INSERT,DELETE ON TABLE ledger.refusals TO stk_service;
GRANT SELECT ON TABLE ledger.refusals TO stk_reader;

GRANT SELECT,INSERT ON TABLE ledger.transactions TO stk_service;
GRANT SELECT ON TABLE ledger.transactions TO stk_reader;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE notices.addresses TO stk_service;

GRANT SELECT ON TABLE notices.channels TO stk_reader;
GRANT SELECT,UPDATE ON TABLE notices.channels TO stk_service;

GRANT SELECT ON TABLE notices.deliveries TO stk_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE notices.deliveries TO stk_service;

GRANT SELECT ON TABLE notices.link_keys TO stk_service;

GRANT SELECT ON TABLE notices.notices TO stk_reader;
GRANT SELECT,INSERT ON TABLE notices.notices TO stk_service;

GRANT UPDATE(read_at) ON TABLE notices.notices TO stk_service;

GRANT UPDATE(is_planned) ON TABLE notices.notices TO stk_service;

GRANT SELECT ON TABLE notices.pauses TO stk_reader;
GRANT SELECT,INSERT ON TABLE notices.pauses TO stk_service;

GRANT SELECT ON TABLE notices.preferences TO stk_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE notices.preferences TO stk_service;

GRANT SELECT ON TABLE notices.retries TO stk_reader;
GRANT SELECT,INSERT ON TABLE notices.retries TO stk_service;

GRANT SELECT ON TABLE notices.weeks TO stk_reader;
GRANT SELECT,INSERT ON TABLE notices.weeks TO stk_service;

GRANT SELECT ON TABLE operators.confirmations TO stk_reader;
GRANT SELECT,INSERT ON TABLE operators.confirmations TO stk_service;

GRANT SELECT ON TABLE operators.ends TO stk_reader;
GRANT SELECT,INSERT ON TABLE operators.ends TO stk_service;

GRANT SELECT ON TABLE operators.predecessors TO stk_reader;
GRANT SELECT ON TABLE operators.predecessors TO stk_service;

GRANT SELECT ON TABLE operators.register TO stk_reader;
GRANT SELECT,INSERT ON TABLE operators.register TO stk_service;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE orleans.orleansmembershiptable TO stk_service;
GRANT SELECT ON TABLE orleans.orleansmembershiptable TO stk_api;
GRANT SELECT ON TABLE orleans.orleansmembershiptable TO stk_reader;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE orleans.orleansmembershipversiontable TO stk_service;
GRANT SELECT ON TABLE orleans.orleansmembershipversiontable TO stk_api;
GRANT SELECT ON TABLE orleans.orleansmembershipversiontable TO stk_reader;

GRANT SELECT ON TABLE orleans.orleansquery TO stk_service;
GRANT SELECT ON TABLE orleans.orleansquery TO stk_api;
GRANT SELECT ON TABLE orleans.orleansquery TO stk_reader;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE orleans.orleansreminderstable TO stk_service;
GRANT SELECT ON TABLE orleans.orleansreminderstable TO stk_reader;

GRANT SELECT ON TABLE revocations.tokens TO stk_reader;
GRANT SELECT,INSERT ON TABLE revocations.tokens TO stk_service;

GRANT SELECT ON TABLE schedule.audits TO stk_reader;
GRANT SELECT,INSERT ON TABLE schedule.audits TO stk_service;

GRANT USAGE ON SEQUENCE schedule.places TO stk_service;

GRANT SELECT ON TABLE schedule.skips TO stk_reader;
GRANT SELECT,INSERT ON TABLE schedule.skips TO stk_service;

GRANT SELECT ON TABLE schedule.work TO stk_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE schedule.work TO stk_service;

GRANT SELECT ON TABLE sessions.sessions TO stk_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sessions.sessions TO stk_service;

GRANT SELECT ON TABLE settlement.acts TO stk_reader;
GRANT SELECT,INSERT ON TABLE settlement.acts TO stk_service;

GRANT UPDATE(epoch) ON TABLE settlement.acts TO stk_service;

GRANT UPDATE(version) ON TABLE settlement.acts TO stk_service;

GRANT UPDATE(state) ON TABLE settlement.acts TO stk_service;

GRANT UPDATE(returned) ON TABLE settlement.acts TO stk_service;

GRANT UPDATE(flaws) ON TABLE settlement.acts TO stk_service;

GRANT UPDATE(landed_signature) ON TABLE settlement.acts TO stk_service;

GRANT UPDATE(landed_slot) ON TABLE settlement.acts TO stk_service;

GRANT UPDATE(is_closed) ON TABLE settlement.acts TO stk_service;

GRANT UPDATE(changed_at) ON TABLE settlement.acts TO stk_service;

GRANT SELECT ON TABLE settlement.asked_acts TO stk_reader;
GRANT SELECT,INSERT ON TABLE settlement.asked_acts TO stk_service;

GRANT UPDATE(approved_at) ON TABLE settlement.asked_acts TO stk_service;

GRANT SELECT ON TABLE settlement.attempts TO stk_reader;
GRANT SELECT,INSERT ON TABLE settlement.attempts TO stk_service;

GRANT UPDATE(sent_at) ON TABLE settlement.attempts TO stk_service;

GRANT UPDATE(send_answer) ON TABLE settlement.attempts TO stk_service;

GRANT UPDATE(outcome) ON TABLE settlement.attempts TO stk_service;

GRANT UPDATE(evidence) ON TABLE settlement.attempts TO stk_service;

GRANT SELECT,INSERT,DELETE ON TABLE settlement.challenges TO stk_service;

GRANT SELECT ON TABLE settlement.cursors TO stk_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE settlement.cursors TO stk_service;

GRANT SELECT ON TABLE settlement.decisions TO stk_reader;
GRANT SELECT,INSERT ON TABLE settlement.decisions TO stk_service;

GRANT UPDATE(reply) ON TABLE settlement.decisions TO stk_service;

GRANT UPDATE(why) ON TABLE settlement.decisions TO stk_service;

GRANT UPDATE(replied_at) ON TABLE settlement.decisions TO stk_service;

GRANT SELECT ON TABLE settlement.deposits TO stk_reader;
GRANT SELECT,INSERT ON TABLE settlement.deposits TO stk_service;

GRANT UPDATE(memo) ON TABLE settlement.deposits TO stk_service;

GRANT UPDATE(participant) ON TABLE settlement.deposits TO stk_service;

GRANT UPDATE(state) ON TABLE settlement.deposits TO stk_service;

GRANT UPDATE(ended_by) ON TABLE settlement.deposits TO stk_service;

GRANT UPDATE(ended_at) ON TABLE settlement.deposits TO stk_service;

GRANT UPDATE(approval) ON TABLE settlement.deposits TO stk_service;

GRANT UPDATE(returned_by) ON TABLE settlement.deposits TO stk_service;

GRANT SELECT ON TABLE settlement.differences TO stk_reader;
GRANT SELECT,INSERT ON TABLE settlement.differences TO stk_service;

GRANT UPDATE(covered_by) ON TABLE settlement.differences TO stk_service;

GRANT UPDATE(covered_at) ON TABLE settlement.differences TO stk_service;

GRANT UPDATE(approval) ON TABLE settlement.differences TO stk_service;

GRANT SELECT ON TABLE settlement.hand_signatures TO stk_reader;
GRANT SELECT,INSERT ON TABLE settlement.hand_signatures TO stk_service;

GRANT SELECT ON TABLE settlement.pauses TO stk_reader;
GRANT SELECT,INSERT ON TABLE settlement.pauses TO stk_service;

GRANT UPDATE(ended_at) ON TABLE settlement.pauses TO stk_service;

GRANT UPDATE(ended_by) ON TABLE settlement.pauses TO stk_service;

GRANT UPDATE(ended_reason) ON TABLE settlement.pauses TO stk_service;

GRANT UPDATE(approval) ON TABLE settlement.pauses TO stk_service;

GRANT SELECT ON TABLE settlement.payouts TO stk_reader;
GRANT SELECT,INSERT ON TABLE settlement.payouts TO stk_service;

GRANT UPDATE(state) ON TABLE settlement.payouts TO stk_service;

GRANT UPDATE(act) ON TABLE settlement.payouts TO stk_service;

GRANT UPDATE(makes_account) ON TABLE settlement.payouts TO stk_service;

GRANT UPDATE(reason) ON TABLE settlement.payouts TO stk_service;

GRANT UPDATE(ended_by) ON TABLE settlement.payouts TO stk_service;

GRANT UPDATE(ended_at) ON TABLE settlement.payouts TO stk_service;

GRANT UPDATE(refused_by) ON TABLE settlement.payouts TO stk_service;

GRANT UPDATE(again_at) ON TABLE settlement.payouts TO stk_service;

GRANT SELECT ON TABLE settlement.reconciliations TO stk_reader;
GRANT SELECT,INSERT ON TABLE settlement.reconciliations TO stk_service;

GRANT UPDATE(at) ON TABLE settlement.reconciliations TO stk_service;

GRANT UPDATE(week) ON TABLE settlement.reconciliations TO stk_service;

GRANT UPDATE(slot) ON TABLE settlement.reconciliations TO stk_service;

GRANT UPDATE(sequence) ON TABLE settlement.reconciliations TO stk_service;

GRANT UPDATE(supply_micro) ON TABLE settlement.reconciliations TO stk_service;

GRANT UPDATE(vault_micro) ON TABLE settlement.reconciliations TO stk_service;

GRANT UPDATE(float_micro) ON TABLE settlement.reconciliations TO stk_service;

GRANT UPDATE(in_flight_micro) ON TABLE settlement.reconciliations TO stk_service;

GRANT UPDATE(outside_micro) ON TABLE settlement.reconciliations TO stk_service;

GRANT UPDATE(suspense_micro) ON TABLE settlement.reconciliations TO stk_service;

GRANT UPDATE(issued_micro) ON TABLE settlement.reconciliations TO stk_service;

GRANT UPDATE(minted_micro) ON TABLE settlement.reconciliations TO stk_service;

GRANT UPDATE(burned_micro) ON TABLE settlement.reconciliations TO stk_service;

GRANT UPDATE(ledger_burned_micro) ON TABLE settlement.reconciliations TO stk_service;

GRANT UPDATE(matches) ON TABLE settlement.reconciliations TO stk_service;

GRANT UPDATE(details) ON TABLE settlement.reconciliations TO stk_service;

GRANT SELECT ON TABLE settlement.refusals TO stk_reader;
GRANT SELECT,INSERT ON TABLE settlement.refusals TO stk_service;

GRANT UPDATE(why) ON TABLE settlement.refusals TO stk_service;

GRANT UPDATE(payout) ON TABLE settlement.refusals TO stk_service;

GRANT UPDATE(times) ON TABLE settlement.refusals TO stk_service;

GRANT UPDATE(last_at) ON TABLE settlement.refusals TO stk_service;

GRANT SELECT ON TABLE settlement.state TO stk_reader;
GRANT SELECT ON TABLE settlement.state TO stk_service;

GRANT UPDATE(epoch) ON TABLE settlement.state TO stk_service;

GRANT UPDATE(genesis) ON TABLE settlement.state TO stk_service;

GRANT UPDATE(paused_because) ON TABLE settlement.state TO stk_service;

GRANT UPDATE(paused_since) ON TABLE settlement.state TO stk_service;

GRANT UPDATE(held_by) ON TABLE settlement.state TO stk_service;

GRANT SELECT ON TABLE settlement.wallet_modes TO stk_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE settlement.wallet_modes TO stk_service;

GRANT SELECT ON TABLE settlement.wallets TO stk_reader;
GRANT SELECT,INSERT ON TABLE settlement.wallets TO stk_service;

GRANT UPDATE(ended_at) ON TABLE settlement.wallets TO stk_service;

GRANT SELECT ON TABLE sources.backfills TO stk_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sources.backfills TO stk_service;

GRANT SELECT ON TABLE sources.budget_alarms TO stk_reader;
GRANT SELECT,INSERT ON TABLE sources.budget_alarms TO stk_service;

GRANT SELECT ON TABLE sources.club_given TO stk_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sources.club_given TO stk_service;

GRANT SELECT ON TABLE sources.club_people TO stk_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sources.club_people TO stk_service;

GRANT SELECT ON TABLE sources.club_posts TO stk_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sources.club_posts TO stk_service;

GRANT SELECT ON TABLE sources.club_questions TO stk_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sources.club_questions TO stk_service;

GRANT SELECT ON TABLE sources.club_topics TO stk_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sources.club_topics TO stk_service;

GRANT SELECT ON TABLE sources.given_events TO stk_reader;
GRANT SELECT,INSERT,DELETE ON TABLE sources.given_events TO stk_service;

GRANT UPDATE(rejected) ON TABLE sources.given_events TO stk_service;

GRANT SELECT ON TABLE sources.platform_cursors TO stk_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sources.platform_cursors TO stk_service;

GRANT SELECT ON TABLE sources.platform_levels TO stk_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sources.platform_levels TO stk_service;

GRANT SELECT ON TABLE sources.pull_reads TO stk_reader;
GRANT SELECT,INSERT ON TABLE sources.pull_reads TO stk_service;

GRANT SELECT ON TABLE sources.pulls TO stk_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sources.pulls TO stk_service;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sources.quarantine TO stk_service;

GRANT SELECT ON TABLE sources.week_checks TO stk_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE sources.week_checks TO stk_service;

GRANT SELECT,INSERT ON TABLE spending.entitlement_uses TO stk_service;
GRANT SELECT ON TABLE spending.entitlement_uses TO stk_reader;

GRANT SELECT,INSERT,UPDATE ON TABLE spending.entitlements TO stk_service;
GRANT SELECT ON TABLE spending.entitlements TO stk_reader;

GRANT SELECT,INSERT ON TABLE spending.fund_grants TO stk_service;
GRANT SELECT ON TABLE spending.fund_grants TO stk_reader;

GRANT UPDATE(decided_on) ON TABLE spending.fund_grants TO stk_service;

GRANT SELECT,INSERT,UPDATE ON TABLE spending.fund_spends TO stk_service;
GRANT SELECT ON TABLE spending.fund_spends TO stk_reader;

GRANT SELECT,INSERT ON TABLE spending.notes TO stk_service;
GRANT SELECT ON TABLE spending.notes TO stk_reader;

GRANT SELECT ON TABLE spending.proposals TO stk_reader;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE spending.proposals TO stk_service;

GRANT SELECT,INSERT ON TABLE spending.purchase_parts TO stk_service;
GRANT SELECT ON TABLE spending.purchase_parts TO stk_reader;

GRANT SELECT,INSERT ON TABLE spending.purchases TO stk_service;
GRANT SELECT ON TABLE spending.purchases TO stk_reader;

GRANT SELECT,INSERT ON TABLE spending.refunds TO stk_service;
GRANT SELECT ON TABLE spending.refunds TO stk_reader;

GRANT SELECT ON TABLE spending.renewal_attempts TO stk_reader;
GRANT SELECT,INSERT ON TABLE spending.renewal_attempts TO stk_service;

GRANT SELECT ON TABLE spending.renewal_choices TO stk_reader;
GRANT SELECT,INSERT ON TABLE spending.renewal_choices TO stk_service;

GRANT SELECT ON TABLE spending.renewal_progress TO stk_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE spending.renewal_progress TO stk_service;

GRANT SELECT,INSERT ON TABLE spending.requests TO stk_service;
GRANT SELECT ON TABLE spending.requests TO stk_reader;

GRANT SELECT,INSERT ON TABLE spending.service_recipients TO stk_service;
GRANT SELECT ON TABLE spending.service_recipients TO stk_reader;

GRANT SELECT,INSERT ON TABLE spending.service_versions TO stk_service;
GRANT SELECT ON TABLE spending.service_versions TO stk_reader;

GRANT SELECT,INSERT,UPDATE ON TABLE spending.services TO stk_service;
GRANT SELECT ON TABLE spending.services TO stk_reader;

GRANT SELECT,INSERT ON TABLE spending.transfers TO stk_service;
GRANT SELECT ON TABLE spending.transfers TO stk_reader;

GRANT SELECT ON TABLE storage.unsigned TO stk_service;
GRANT SELECT ON TABLE storage.unsigned TO stk_reader;

GRANT SELECT ON TABLE suspensions.changes TO stk_reader;
GRANT SELECT,INSERT ON TABLE suspensions.changes TO stk_service;

GRANT SELECT ON TABLE traces.reads TO stk_reader;
GRANT SELECT,INSERT ON TABLE traces.reads TO stk_service;

GRANT SELECT ON TABLE vesting.evidence TO stk_reader;
GRANT SELECT,INSERT ON TABLE vesting.evidence TO stk_service;

GRANT SELECT ON TABLE vesting.progress TO stk_reader;
GRANT SELECT,INSERT,UPDATE ON TABLE vesting.progress TO stk_service;

GRANT SELECT ON TABLE vesting.referrals TO stk_reader;
GRANT SELECT,INSERT ON TABLE vesting.referrals TO stk_service;

GRANT SELECT ON TABLE vesting.shards TO stk_reader;
GRANT SELECT,UPDATE ON TABLE vesting.shards TO stk_service;

GRANT SELECT ON TABLE vesting.verdicts TO stk_reader;
GRANT SELECT,INSERT ON TABLE vesting.verdicts TO stk_service;

GRANT SELECT ON TABLE weeks.anchor_leaves TO stk_reader;
GRANT SELECT,INSERT ON TABLE weeks.anchor_leaves TO stk_service;

GRANT SELECT ON TABLE weeks.anchors TO stk_reader;
GRANT SELECT,INSERT ON TABLE weeks.anchors TO stk_service;

GRANT SELECT ON TABLE weeks.bound_overrides TO stk_reader;
GRANT SELECT,INSERT ON TABLE weeks.bound_overrides TO stk_service;

GRANT SELECT ON TABLE weeks.closings TO stk_service;
GRANT SELECT ON TABLE weeks.closings TO stk_reader;

GRANT SELECT ON TABLE weeks.corrections TO stk_reader;
GRANT SELECT,INSERT ON TABLE weeks.corrections TO stk_service;

GRANT SELECT,INSERT ON TABLE weeks.grants TO stk_service;
GRANT SELECT ON TABLE weeks.grants TO stk_reader;

GRANT UPDATE(decided_on) ON TABLE weeks.grants TO stk_service;

GRANT SELECT ON TABLE weeks.measures TO stk_reader;
GRANT SELECT,INSERT ON TABLE weeks.measures TO stk_service;

GRANT SELECT ON TABLE weeks.overrides TO stk_reader;
GRANT SELECT,INSERT ON TABLE weeks.overrides TO stk_service;

GRANT SELECT,INSERT,UPDATE ON TABLE weeks.runs TO stk_service;
GRANT SELECT ON TABLE weeks.runs TO stk_reader;

GRANT SELECT,INSERT ON TABLE weeks.seals TO stk_service;
GRANT SELECT ON TABLE weeks.seals TO stk_reader;

GRANT SELECT,INSERT ON TABLE weeks.settlements TO stk_service;
GRANT SELECT ON TABLE weeks.settlements TO stk_reader;

GRANT SELECT,INSERT ON TABLE weeks.shards TO stk_service;
GRANT SELECT ON TABLE weeks.shards TO stk_reader;

GRANT SELECT ON TABLE weeks.source_budgets TO stk_reader;
GRANT SELECT,INSERT ON TABLE weeks.source_budgets TO stk_service;

GRANT SELECT ON TABLE weeks.source_measures TO stk_reader;
GRANT SELECT,INSERT ON TABLE weeks.source_measures TO stk_service;

GRANT SELECT,INSERT ON TABLE weeks.statements TO stk_service;
GRANT SELECT ON TABLE weeks.statements TO stk_reader;

ALTER DEFAULT PRIVILEGES FOR ROLE postgres GRANT USAGE ON SCHEMAS  TO stk_reader;

ALTER DEFAULT PRIVILEGES FOR ROLE postgres GRANT SELECT ON TABLES  TO stk_reader;

