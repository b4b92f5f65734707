-- What a database's password cannot do: add to the ledger, or to the log of what operators do. Each commit and each entry
-- carries an Ed25519 signature by a key of the silos, which is in a file and in no table (Stk.Ledger.Signing).

-- First of all, each of these waits for the writers that are at it, and holds up the next ones until the heads are recorded.
ALTER TABLE ledger.commits ADD COLUMN signature bytea CHECK (length(signature) = 64);
ALTER TABLE audit.entries ADD COLUMN signature bytea CHECK (octet_length(signature) = 64);

-- Where each chain stood when signing began: up to here nothing is signed, after it everything is. chain: see SignedChain.
CREATE TABLE storage.unsigned (
    chain    smallint PRIMARY KEY CHECK (chain IN (1, 2)),
    sequence bigint NOT NULL CHECK (sequence >= 0),
    hash     bytea NOT NULL CHECK (length(hash) = 32)
);

INSERT INTO storage.unsigned SELECT 1, sequence, hash FROM ledger.head;
INSERT INTO storage.unsigned SELECT 2, sequence, hash FROM audit.head;

GRANT SELECT ON storage.unsigned TO stk_service;

-- SHA-256 of the rule book's document that a week was sealed under: part of seal_hash where it is kept.
ALTER TABLE weeks.runs ADD COLUMN rules_hash bytea CHECK (octet_length(rules_hash) = 32);

-- The log's hashes are made where they are signed, in the silo: Stk.Grains.AuditLog.AuditChain.
DROP FUNCTION audit.append(timestamptz, text, text, text, text, text, text);
DROP FUNCTION audit.hash(bytea, bigint, timestamptz, text, text, bytea);
DROP FUNCTION audit.field(text);

-- Roles by work. stk_api: an API host reads where the cluster is, and nothing else. stk_reader: verify and recompute read
-- everything, later tables too, and change nothing. Both are made before the scripts run, as stk_service is by now.
GRANT USAGE ON SCHEMA orleans TO stk_api;
GRANT SELECT ON orleans.OrleansQuery, orleans.OrleansMembershipTable, orleans.OrleansMembershipVersionTable TO stk_api;

GRANT USAGE ON SCHEMA activity, audit, economy, ledger, migration, orleans, spending, storage, weeks TO stk_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA activity, audit, economy, ledger, migration, orleans, spending, storage, weeks
    TO stk_reader;
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO stk_reader;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO stk_reader;
