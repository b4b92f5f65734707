-- What is spent: requests and their answers, transfers, services, purchases, entitlements, funds' spending; and the log of
-- what operators do.

-- Two instants of a history are two sequences.
CREATE INDEX commits_by_time ON ledger.commits (at, sequence);

-- Fails the statement, and with it the transaction, where something that was true when it was decided no longer is. STK02
-- means: decide again.
CREATE FUNCTION storage.expect(holds boolean, what text) RETURNS void
LANGUAGE plpgsql AS $body$
BEGIN
    IF holds IS NOT TRUE THEN
        RAISE EXCEPTION 'no longer so: %', what USING ERRCODE = 'STK02';
    END IF;
END
$body$;

CREATE SCHEMA spending;

-- One id, one answer. A request that moves value writes its row in the ledger's commit that does it, or, where it is
-- refused, by itself: the key decides which was first. refusal: see SpendingRefusal; NULL: done. transaction_id: the
-- ledger's, which is the request's own but for an approval; NULL where it was refused or only made something wait.
CREATE TABLE spending.requests (
    id             uuid PRIMARY KEY,
    fingerprint    bytea NOT NULL CHECK (octet_length(fingerprint) = 32),
    refusal        smallint,
    transaction_id uuid,
    at             timestamptz NOT NULL,
    CHECK (refusal IS NULL OR transaction_id IS NULL)
);

-- Where it is the request's own, the primary key says so.
CREATE UNIQUE INDEX requests_by_other_transaction ON spending.requests (transaction_id) WHERE transaction_id <> id;

-- id: the ledger transaction's.
CREATE TABLE spending.transfers (
    id           uuid PRIMARY KEY,
    sender       bigint NOT NULL,
    receiver     bigint NOT NULL CHECK (receiver <> sender),
    amount_micro bigint NOT NULL CHECK (amount_micro > 0),
    fee_micro    bigint NOT NULL CHECK (fee_micro >= 0),
    -- The commit's UTC day: day limits count by it.
    day          date NOT NULL
);

CREATE INDEX transfers_by_sender ON spending.transfers (sender, day);

-- Free text, so that it can be erased.
CREATE TABLE spending.notes (
    id   uuid PRIMARY KEY,
    note text NOT NULL CHECK (char_length(note) BETWEEN 1 AND 280)
);

-- The newest version of each service. state: 1 proposed, 2 admitted, 3 withdrawn. provider NULL: an operator's.
CREATE TABLE spending.services (
    id         text COLLATE "C" PRIMARY KEY CHECK (id ~ '^[a-z][a-z0-9_]{0,63}$'),
    version    integer NOT NULL CHECK (version > 0),
    state      smallint NOT NULL CHECK (state IN (1, 2, 3)),
    provider   bigint REFERENCES activity.participants,
    changed_at timestamptz NOT NULL
);

-- Every version, never changed. split: [{"role","shareBp"}] in order; at most one of days, months, sessions.
CREATE TABLE spending.service_versions (
    service     text COLLATE "C" NOT NULL REFERENCES spending.services,
    version     integer NOT NULL,
    name        text NOT NULL,
    description text NOT NULL,
    price_micro bigint NOT NULL CHECK (price_micro > 0),
    roles       text[] NOT NULL,
    shares_bp   integer[] NOT NULL,
    days        integer,
    months      integer,
    sessions    integer,
    at          timestamptz NOT NULL,
    by          text NOT NULL,
    PRIMARY KEY (service, version),
    CHECK (num_nonnulls(days, months, sessions) <= 1),
    CHECK (cardinality(roles) = cardinality(shares_bp) AND cardinality(roles) > 0)
);

-- Who stands for a role of a version; a role without a row is chosen by the buyer.
CREATE TABLE spending.service_recipients (
    service     text COLLATE "C" NOT NULL,
    version     integer NOT NULL,
    role        text COLLATE "C" NOT NULL,
    participant bigint NOT NULL REFERENCES activity.participants,
    PRIMARY KEY (service, version, role),
    FOREIGN KEY (service, version) REFERENCES spending.service_versions
);

-- id: the ledger transaction's.
CREATE TABLE spending.purchases (
    id          uuid PRIMARY KEY,
    buyer       bigint NOT NULL,
    service     text COLLATE "C" NOT NULL,
    version     integer NOT NULL,
    price_micro bigint NOT NULL CHECK (price_micro > 0),
    at          timestamptz NOT NULL
);

CREATE INDEX purchases_by_buyer ON spending.purchases (buyer, at);

-- recipient NULL: fund:treasury. Also parts of zero, of which the ledger has no posting.
CREATE TABLE spending.purchase_parts (
    purchase     uuid NOT NULL,
    place        smallint NOT NULL,
    role         text COLLATE "C" NOT NULL,
    recipient    bigint,
    amount_micro bigint NOT NULL CHECK (amount_micro >= 0),
    PRIMARY KEY (purchase, place)
);

CREATE INDEX purchase_parts_by_recipient ON spending.purchase_parts (recipient, purchase) WHERE recipient IS NOT NULL;

-- id: the purchase's. used and ended_at change; all else stands. ends_at is of days or months, as they were bought.
CREATE TABLE spending.entitlements (
    id          uuid PRIMARY KEY,
    participant bigint NOT NULL,
    service     text COLLATE "C" NOT NULL,
    begins_at   timestamptz NOT NULL,
    ends_at     timestamptz CHECK (ends_at > begins_at),
    days        integer CHECK (days > 0),
    months      integer CHECK (months > 0),
    sessions    integer CHECK (sessions > 0),
    used        integer NOT NULL DEFAULT 0 CHECK (used >= 0 AND (used = 0 OR used <= sessions)),
    ended_at    timestamptz
);

CREATE INDEX entitlements_by_participant ON spending.entitlements (participant);

-- id is the caller's own, and the source's: once. left_after: sessions left, as it was answered.
CREATE TABLE spending.entitlement_uses (
    source      text COLLATE "C" NOT NULL,
    id          uuid NOT NULL,
    entitlement uuid NOT NULL REFERENCES spending.entitlements,
    at          timestamptz NOT NULL,
    left_after  integer NOT NULL CHECK (left_after >= 0),
    PRIMARY KEY (source, id)
);

CREATE INDEX entitlement_uses_by_entitlement ON spending.entitlement_uses (entitlement);

-- Once a purchase. id: the ledger transaction's.
CREATE TABLE spending.refunds (
    purchase uuid PRIMARY KEY,
    id       uuid NOT NULL UNIQUE,
    at       timestamptz NOT NULL,
    reason   text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 280),
    by       text NOT NULL
);

-- What operators spend from funds. state: 1 waiting for a second operator, 2 paid, 3 rejected. transaction_id is given with
-- the state 2, in the ledger's commit.
CREATE TABLE spending.fund_spends (
    id             uuid PRIMARY KEY,
    state          smallint NOT NULL CHECK (state IN (1, 2, 3)),
    fund           smallint NOT NULL CHECK (fund BETWEEN 2 AND 5),
    receiver       bigint NOT NULL,
    amount_micro   bigint NOT NULL CHECK (amount_micro > 0),
    kind           smallint NOT NULL CHECK (kind BETWEEN 1 AND 6),
    reason         text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 280),
    vests_days     smallint NOT NULL CHECK (vests_days BETWEEN 0 AND 3650),
    asked_at       timestamptz NOT NULL,
    asked_by       text NOT NULL,
    decided_at     timestamptz,
    decided_by     text CHECK (decided_by <> asked_by),
    decided_reason text,
    transaction_id uuid UNIQUE,
    CHECK ((state = 2) = (transaction_id IS NOT NULL)),
    CHECK ((decided_by IS NULL) = (decided_at IS NULL))
);

CREATE INDEX fund_spends_by_time ON spending.fund_spends (asked_at DESC, id DESC);

-- What a fund's spending has frozen: written with its transaction, beside weeks.grants.
CREATE TABLE spending.fund_grants (
    transaction_id uuid PRIMARY KEY,
    participant    bigint NOT NULL,
    kind           smallint NOT NULL,
    vests_days     smallint NOT NULL CHECK (vests_days > 0),
    amount_micro   bigint NOT NULL CHECK (amount_micro > 0),
    unlocks_on     date NOT NULL
);

CREATE INDEX fund_grants_by_unlock ON spending.fund_grants (unlocks_on);

-- Answers of writes that make no ledger transaction, kept with what they changed.
CREATE TABLE economy.answers (
    id          uuid PRIMARY KEY,
    fingerprint bytea NOT NULL CHECK (octet_length(fingerprint) = 32),
    answer      bytea NOT NULL,
    at          timestamptz NOT NULL
);

-- The log of what operators do: append-only, each row chained to the one before by SHA-256.
CREATE SCHEMA audit;

CREATE TABLE audit.head (
    one      boolean PRIMARY KEY DEFAULT true CHECK (one),
    sequence bigint NOT NULL CHECK (sequence >= 0),
    hash     bytea NOT NULL CHECK (octet_length(hash) = 32)
);

INSERT INTO audit.head (sequence, hash) VALUES (0, decode(repeat('00', 32), 'hex'));

-- Free text and outside ids stand in audit.texts, so that they can be erased and the chain still adds up: hash is over
-- text_hash, which is over a row of texts and its salt.
CREATE TABLE audit.entries (
    sequence  bigint PRIMARY KEY,
    at        timestamptz NOT NULL,
    by        text NOT NULL,
    action    text COLLATE "C" NOT NULL CHECK (action ~ '^[a-z][a-z0-9.-]{0,63}$'),
    text_hash bytea NOT NULL CHECK (octet_length(text_hash) = 32),
    hash      bytea NOT NULL CHECK (octet_length(hash) = 32)
);

-- before and after: JSON. salt: random, so that an erased text cannot be guessed from its hash.
CREATE TABLE audit.texts (
    sequence bigint PRIMARY KEY REFERENCES audit.entries,
    subject  text NOT NULL,
    before   text,
    after    text NOT NULL,
    reason   text,
    salt     bytea NOT NULL CHECK (octet_length(salt) = 16)
);

-- How the chain's hashes are made; numbers are big-endian. A text is its length in bytes (4) and itself in UTF-8, NULL the
-- length -1. text_hash: salt, subject, before, after, reason. hash: the hash before (32), sequence (8), microseconds since
-- 1970 (8), by, action, text_hash (32).
CREATE FUNCTION audit.field(value text) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $body$
    SELECT CASE WHEN value IS NULL THEN int4send(-1)
        ELSE int4send(octet_length(convert_to(value, 'UTF8'))) || convert_to(value, 'UTF8') END
$body$;

CREATE FUNCTION audit.hash(before bytea, sequence bigint, at timestamptz, by text, action text, text_hash bytea) RETURNS bytea
LANGUAGE sql STABLE AS $body$
    SELECT sha256($1 || int8send($2) || int8send((extract(epoch FROM $3) * 1000000)::bigint)
        || audit.field($4) || audit.field($5) || $6)
$body$;

-- Appends an entry. It locks the head until the transaction ends: call it last, in the write that commits.
CREATE FUNCTION audit.append(at timestamptz, by text, action text, subject text, before text, after text, reason text)
RETURNS void
LANGUAGE plpgsql AS $body$
DECLARE
    last      audit.head%ROWTYPE;
    new_salt  bytea := uuid_send(gen_random_uuid());
    text_hash bytea := sha256(
        new_salt || audit.field($4) || audit.field($5) || audit.field($6) || audit.field($7));
    new_hash  bytea;
BEGIN
    SELECT * INTO last FROM audit.head FOR UPDATE;
    new_hash := audit.hash(last.hash, last.sequence + 1, $1, $2, $3, text_hash);
    INSERT INTO audit.entries VALUES (last.sequence + 1, $1, $2, $3, text_hash, new_hash);
    INSERT INTO audit.texts VALUES (last.sequence + 1, $4, $5, $6, $7, new_salt);
    UPDATE audit.head h SET sequence = last.sequence + 1, hash = new_hash;
END
$body$;

GRANT USAGE ON SCHEMA spending, audit TO stk_service;
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA spending TO stk_service;
GRANT UPDATE ON spending.services, spending.entitlements, spending.fund_spends TO stk_service;
GRANT SELECT, INSERT ON economy.answers TO stk_service;
GRANT SELECT, INSERT ON audit.entries, audit.texts TO stk_service;
GRANT SELECT, UPDATE ON audit.head TO stk_service;

-- The source document's catalogue ("Маркетплейс услуг"), as data. Who the author or the developer is it does not say: an
-- operator sets them; the mentor is the buyer's choice.
INSERT INTO spending.services (id, version, state, changed_at) VALUES
    ('course_basic', 1, 2, 'epoch'),
    ('mentor_session_1h', 1, 2, 'epoch'),
    ('ai_agent_premium', 1, 2, 'epoch');

INSERT INTO spending.service_versions
    (service, version, name, description, price_micro, roles, shares_bp, days, months, sessions, at, by) VALUES
    ('course_basic', 1, 'Базовый курс', '', 500000000, '{author,treasury}', '{7000,3000}', NULL, NULL, NULL, 'epoch',
        'source document 3.0'),
    ('mentor_session_1h', 1, 'Сессия с ментором (1 час)', '', 200000000, '{mentor,treasury}', '{8000,2000}', NULL, NULL, 1,
        'epoch', 'source document 3.0'),
    ('ai_agent_premium', 1, 'Премиум ИИ-агент (месяц)', '', 1000000000, '{developer,treasury}', '{6000,4000}', NULL, 1, NULL,
        'epoch', 'source document 3.0');
