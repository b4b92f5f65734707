-- What Orleans' AdoNet providers ask of PostgreSQL: clustering, reminders, grain state (Orleans 10.4).
-- Orleans reads "OrleansQuery" unqualified, so its connection string has Search Path=orleans; the statements in it
-- name their schema and run under any search path.

-- Grants, for this script and every later one: a script grants to stk_service, at its end, what the services need on
-- the tables it makes, and no more. stk_service cannot log in: an operator makes logins and gives them this role.
-- Nothing is granted by default, so a forgotten grant fails the first test that uses the table.
DO $body$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'stk_service') THEN
        CREATE ROLE stk_service NOLOGIN;
    END IF;
EXCEPTION
    -- Roles belong to the server: another database of it may have been migrated at this moment.
    WHEN duplicate_object OR unique_violation THEN NULL;
END
$body$;

CREATE SCHEMA orleans;

CREATE TABLE orleans.OrleansQuery (
    QueryKey varchar(64) NOT NULL PRIMARY KEY,
    QueryText varchar(8000) NOT NULL
);

-- ---- Clustering ------------------------------------------------------------------------------------------------

CREATE TABLE orleans.OrleansMembershipVersionTable (
    DeploymentId varchar(150) NOT NULL PRIMARY KEY,
    Timestamp timestamptz(3) NOT NULL DEFAULT now(),
    Version integer NOT NULL DEFAULT 0
);

CREATE TABLE orleans.OrleansMembershipTable (
    DeploymentId varchar(150) NOT NULL REFERENCES orleans.OrleansMembershipVersionTable,
    Address varchar(45) NOT NULL,
    Port integer NOT NULL,
    Generation integer NOT NULL,
    SiloName varchar(150) NOT NULL,
    HostName varchar(150) NOT NULL,
    Status integer NOT NULL,
    ProxyPort integer NULL,
    SuspectTimes varchar(8000) NULL,
    StartTime timestamptz(3) NOT NULL,
    IAmAliveTime timestamptz(3) NOT NULL,
    PRIMARY KEY (DeploymentId, Address, Port, Generation)
);

CREATE FUNCTION orleans.insert_membership_version(deployment text) RETURNS integer LANGUAGE plpgsql AS $body$
DECLARE
    written integer;
BEGIN
    INSERT INTO orleans.OrleansMembershipVersionTable (DeploymentId) VALUES (deployment) ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS written = ROW_COUNT;
    RETURN written;
END
$body$;

-- Both rows or neither. The version row is taken first in both functions: it is the one lock of a deployment.
CREATE FUNCTION orleans.insert_membership(
    deployment text, silo_address text, silo_port integer, silo_generation integer, silo_name text, host_name text,
    silo_status integer, proxy_port integer, started timestamptz, alive timestamptz, expected_version integer)
RETURNS integer LANGUAGE plpgsql AS $body$
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
$body$;

CREATE FUNCTION orleans.update_membership(
    deployment text, silo_address text, silo_port integer, silo_generation integer, silo_status integer,
    suspect_times text, alive timestamptz, expected_version integer)
RETURNS integer LANGUAGE plpgsql AS $body$
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
$body$;

INSERT INTO orleans.OrleansQuery (QueryKey, QueryText) VALUES
('UpdateIAmAlivetimeKey', $query$
    UPDATE orleans.OrleansMembershipTable SET IAmAliveTime = @IAmAliveTime
    WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation
$query$),
('InsertMembershipVersionKey', $query$
    SELECT orleans.insert_membership_version(@DeploymentId)
$query$),
('InsertMembershipKey', $query$
    SELECT orleans.insert_membership(
        @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime,
        @IAmAliveTime, @Version)
$query$),
('UpdateMembershipKey', $query$
    SELECT orleans.update_membership(
        @DeploymentId, @Address, @Port, @Generation, @Status, @SuspectTimes, @IAmAliveTime, @Version)
$query$),
('MembershipReadRowKey', $query$
    SELECT v.DeploymentId, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort,
        m.SuspectTimes, m.StartTime, m.IAmAliveTime, v.Version
    FROM orleans.OrleansMembershipVersionTable v
    LEFT JOIN orleans.OrleansMembershipTable m
        ON m.DeploymentId = v.DeploymentId AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation
    WHERE v.DeploymentId = @DeploymentId
$query$),
('MembershipReadAllKey', $query$
    SELECT v.DeploymentId, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort,
        m.SuspectTimes, m.StartTime, m.IAmAliveTime, v.Version
    FROM orleans.OrleansMembershipVersionTable v
    LEFT JOIN orleans.OrleansMembershipTable m ON m.DeploymentId = v.DeploymentId
    WHERE v.DeploymentId = @DeploymentId
$query$),
('DeleteMembershipTableEntriesKey', $query$
    WITH silos AS (
        DELETE FROM orleans.OrleansMembershipTable WHERE DeploymentId = @DeploymentId)
    DELETE FROM orleans.OrleansMembershipVersionTable WHERE DeploymentId = @DeploymentId
$query$),
('GatewaysQueryKey', $query$
    SELECT Address, ProxyPort, Generation FROM orleans.OrleansMembershipTable
    WHERE DeploymentId = @DeploymentId AND Status = @Status AND ProxyPort > 0
$query$),
('CleanupDefunctSiloEntriesKey', $query$
    DELETE FROM orleans.OrleansMembershipTable
    WHERE DeploymentId = @DeploymentId AND IAmAliveTime < @IAmAliveTime AND Status <> 3
$query$);

-- ---- Reminders -------------------------------------------------------------------------------------------------

CREATE TABLE orleans.OrleansRemindersTable (
    ServiceId varchar(150) NOT NULL,
    -- text: a grain id holds a participant's id, up to 200 characters, escaped.
    GrainId text NOT NULL,
    ReminderName varchar(150) NOT NULL,
    StartTime timestamptz(3) NOT NULL,
    Period bigint NOT NULL,
    GrainHash integer NOT NULL,
    Version integer NOT NULL,
    PRIMARY KEY (ServiceId, GrainId, ReminderName)
);

-- Every silo reads its range of hashes on a timer.
CREATE INDEX ON orleans.OrleansRemindersTable (ServiceId, GrainHash);

INSERT INTO orleans.OrleansQuery (QueryKey, QueryText) VALUES
('UpsertReminderRowKey', $query$
    INSERT INTO orleans.OrleansRemindersTable AS r (
        ServiceId, GrainId, ReminderName, StartTime, Period, GrainHash, Version)
    VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
    ON CONFLICT (ServiceId, GrainId, ReminderName) DO UPDATE SET
        StartTime = excluded.StartTime, Period = excluded.Period, GrainHash = excluded.GrainHash,
        Version = r.Version + 1
    RETURNING Version AS version
$query$),
('ReadReminderRowsKey', $query$
    SELECT GrainId, ReminderName, StartTime, Period, Version FROM orleans.OrleansRemindersTable
    WHERE ServiceId = @ServiceId AND GrainId = @GrainId
$query$),
('ReadReminderRowKey', $query$
    SELECT GrainId, ReminderName, StartTime, Period, Version FROM orleans.OrleansRemindersTable
    WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName
$query$),
('ReadRangeRows1Key', $query$
    SELECT GrainId, ReminderName, StartTime, Period, Version FROM orleans.OrleansRemindersTable
    WHERE ServiceId = @ServiceId AND GrainHash > @BeginHash AND GrainHash <= @EndHash
$query$),
('ReadRangeRows2Key', $query$
    SELECT GrainId, ReminderName, StartTime, Period, Version FROM orleans.OrleansRemindersTable
    WHERE ServiceId = @ServiceId AND (GrainHash > @BeginHash OR GrainHash <= @EndHash)
$query$),
('DeleteReminderRowKey', $query$
    WITH deleted AS (
        DELETE FROM orleans.OrleansRemindersTable
        WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName AND Version = @Version
        RETURNING 1)
    SELECT count(*)::integer FROM deleted
$query$),
('DeleteReminderRowsKey', $query$
    DELETE FROM orleans.OrleansRemindersTable WHERE ServiceId = @ServiceId
$query$);

-- ---- Grain state -----------------------------------------------------------------------------------------------

CREATE TABLE orleans.OrleansStorage (
    GrainIdHash integer NOT NULL,
    GrainIdN0 bigint NOT NULL,
    GrainIdN1 bigint NOT NULL,
    GrainTypeHash integer NOT NULL,
    GrainTypeString varchar(512) NOT NULL,
    GrainIdExtensionString varchar(512) NULL,
    ServiceId varchar(150) NOT NULL,
    PayloadBinary bytea NULL,
    ModifiedOn timestamp without time zone NOT NULL,
    Version integer NULL,
    -- The whole id, because hashes collide; the hashes first, because they tell rows apart soonest. Unique, so that
    -- two first writes of one grain at once cannot both succeed.
    UNIQUE NULLS NOT DISTINCT (
        GrainIdHash, GrainTypeHash, GrainIdN0, GrainIdN1, ServiceId, GrainTypeString, GrainIdExtensionString)
);

CREATE FUNCTION orleans.write_to_storage(
    id_hash integer, n0 bigint, n1 bigint, type_hash integer, type_string text, extension text, service text,
    expected_version integer, payload bytea)
RETURNS TABLE (newgrainstateversion integer) LANGUAGE plpgsql AS $body$
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
$body$;

CREATE FUNCTION orleans.clear_storage(
    id_hash integer, n0 bigint, n1 bigint, type_hash integer, type_string text, extension text, service text,
    expected_version integer)
RETURNS TABLE (newgrainstateversion integer) LANGUAGE plpgsql AS $body$
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
$body$;

CREATE FUNCTION orleans.delete_storage(
    id_hash integer, n0 bigint, n1 bigint, type_hash integer, type_string text, extension text, service text,
    expected_version integer)
RETURNS TABLE (newgrainstateversion integer) LANGUAGE plpgsql AS $body$
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
$body$;

INSERT INTO orleans.OrleansQuery (QueryKey, QueryText) VALUES
('WriteToStorageKey', $query$
    SELECT newgrainstateversion AS NewGrainStateVersion FROM orleans.write_to_storage(
        @GrainIdHash, @GrainIdN0, @GrainIdN1, @GrainTypeHash, @GrainTypeString, @GrainIdExtensionString, @ServiceId,
        @GrainStateVersion, @PayloadBinary)
$query$),
('ReadFromStorageKey', $query$
    SELECT PayloadBinary, now() AT TIME ZONE 'utc', Version FROM orleans.OrleansStorage
    WHERE GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash AND GrainIdN0 = @GrainIdN0
        AND GrainIdN1 = @GrainIdN1 AND ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString
        AND GrainIdExtensionString IS NOT DISTINCT FROM @GrainIdExtensionString
$query$),
('ClearStorageKey', $query$
    SELECT newgrainstateversion AS NewGrainStateVersion FROM orleans.clear_storage(
        @GrainIdHash, @GrainIdN0, @GrainIdN1, @GrainTypeHash, @GrainTypeString, @GrainIdExtensionString, @ServiceId,
        @GrainStateVersion)
$query$),
('DeleteStorageKey', $query$
    SELECT newgrainstateversion AS NewGrainStateVersion FROM orleans.delete_storage(
        @GrainIdHash, @GrainIdN0, @GrainIdN1, @GrainTypeHash, @GrainTypeString, @GrainIdExtensionString, @ServiceId,
        @GrainStateVersion)
$query$);

-- ---- Grants ----------------------------------------------------------------------------------------------------

GRANT USAGE ON SCHEMA orleans TO stk_service;
GRANT SELECT ON orleans.OrleansQuery TO stk_service;
GRANT SELECT, INSERT, UPDATE, DELETE ON orleans.OrleansMembershipVersionTable, orleans.OrleansMembershipTable,
    orleans.OrleansRemindersTable, orleans.OrleansStorage TO stk_service;
-- A service compares the schema's version with its own before it starts.
GRANT USAGE ON SCHEMA migration TO stk_service;
GRANT SELECT ON migration.changelog TO stk_service;
