-- Who acts as an operator or auditor, what waits for a second person, and what one person's signature alone has given.

CREATE SCHEMA operators;

-- The register. A row never changes; that it ended early is a row of operators.ends. number: of the subject's entries in
-- this role, so that of two made at once one meets the other's key. since and until: by real time, as tokens' own.
-- approval: what waited for it; NULL where configuration, or a first call in Development, has entered it, or it was taken over
-- from the log of a build without a register: then it approves nothing until another person has confirmed it.
CREATE TABLE operators.register (
    entry       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    issuer      text COLLATE "C" NOT NULL CHECK (issuer <> ''),
    subject     text COLLATE "C" NOT NULL CHECK (subject <> ''),
    role        text COLLATE "C" NOT NULL CHECK (role ~ '^[a-z]{1,32}$'),
    number      integer NOT NULL CHECK (number > 0),
    person      text COLLATE "C" NOT NULL CHECK (person <> ''),
    participant text COLLATE "C",
    since       timestamptz NOT NULL,
    until       timestamptz CHECK (until > since),
    at          timestamptz NOT NULL,
    by          text NOT NULL,
    approval    uuid UNIQUE,
    taken_over  boolean NOT NULL,
    UNIQUE (issuer, subject, role, number)
);

CREATE INDEX register_by_person ON operators.register (person);

CREATE TABLE operators.ends (
    entry    bigint PRIMARY KEY REFERENCES operators.register,
    at       timestamptz NOT NULL,
    by       text NOT NULL,
    approval uuid NOT NULL UNIQUE
);

-- Entries that were taken over, and that another person has confirmed.
CREATE TABLE operators.confirmations (
    entry  bigint PRIMARY KEY REFERENCES operators.register,
    at     timestamptz NOT NULL,
    by     text NOT NULL,
    reason text NOT NULL
);

-- Who has acted as an operator before there was a register, by the log: silos enter them. Services are proposed by others too.
CREATE TABLE operators.predecessors (subject text COLLATE "C" PRIMARY KEY);

INSERT INTO operators.predecessors SELECT DISTINCT by FROM audit.entries WHERE action <> 'service.put' AND by <> '';

CREATE SCHEMA approvals;

-- What waits, or has waited, for a second person: never changed. id: of the request that asked. act: JSON of the kind's own.
-- gains_*: participants and persons who gain by it, and cannot approve.
CREATE TABLE approvals.requests (
    id                 uuid PRIMARY KEY,
    kind               text COLLATE "C" NOT NULL CHECK (kind ~ '^[a-z][a-z0-9.-]{0,63}$'),
    act                json NOT NULL,
    reason             text NOT NULL,
    subject            text NOT NULL,
    asked_at           timestamptz NOT NULL,
    asked_by           text NOT NULL,
    person             text COLLATE "C" NOT NULL,
    gains_participants text[] NOT NULL,
    gains_persons      text[] NOT NULL,
    expires_at         timestamptz NOT NULL CHECK (expires_at > asked_at)
);

CREATE INDEX requests_by_time ON approvals.requests (asked_at DESC, id DESC);

-- Once a request. transaction_id: the ledger's, where the act is one; NULL where it moves nothing or was rejected. decided_in:
-- the request that decided it; NULL where that was before there was the desk.
CREATE TABLE approvals.decisions (
    request        uuid PRIMARY KEY REFERENCES approvals.requests,
    is_approved    boolean NOT NULL,
    at             timestamptz NOT NULL,
    by             text NOT NULL,
    person         text COLLATE "C" NOT NULL,
    reason         text NOT NULL,
    decided_in     uuid UNIQUE,
    transaction_id uuid UNIQUE CHECK (is_approved OR transaction_id IS NULL)
);

-- What a participant was given on one person's signature alone. transaction_id: the ledger's. fund: NULL where none pays.
CREATE TABLE approvals.signatures (
    transaction_id uuid PRIMARY KEY,
    person         text COLLATE "C" NOT NULL,
    receiver       bigint NOT NULL,
    fund           smallint,
    amount_micro   bigint NOT NULL CHECK (amount_micro > 0),
    at             timestamptz NOT NULL
);

CREATE INDEX signatures_by_person ON approvals.signatures (person, at);
CREATE INDEX signatures_by_receiver ON approvals.signatures (receiver, at);
CREATE INDEX signatures_by_fund ON approvals.signatures (fund, at);

-- Spendings that waited, or were rejected, before there was the desk.
INSERT INTO approvals.requests
SELECT spend.id, 'fund.spend',
    json_build_object(
        'fund', (ARRAY['', 'treasury', 'startup', 'team', 'liquidity'])[spend.fund],
        'to', coalesce(participant.id, 'erased-' || spend.receiver),
        'amount', trim_scale(spend.amount_micro::numeric / 1000000)::text,
        'kind', (ARRAY['grant', 'contract', 'project', 'startup', 'team', 'liquidity'])[spend.kind],
        'vestsDays', spend.vests_days),
    spend.reason, coalesce(participant.id, 'erased-' || spend.receiver), spend.asked_at, spend.asked_by, spend.asked_by,
    ARRAY[coalesce(participant.id, 'erased-' || spend.receiver)], ARRAY[]::text[], spend.asked_at + interval '336 hours'
FROM spending.fund_spends spend LEFT JOIN activity.participants participant ON participant.number = spend.receiver
WHERE spend.state IN (1, 3);

INSERT INTO approvals.decisions
SELECT id, false, decided_at, decided_by, decided_by, coalesce(decided_reason, '?'), NULL, NULL
FROM spending.fund_spends WHERE state = 3;

-- A version of the rule book that was taken back before it ruled. Its week may be announced for again.
CREATE TABLE economy.rule_book_withdrawals (
    version  integer PRIMARY KEY REFERENCES economy.rule_books,
    at       timestamptz NOT NULL,
    by       text NOT NULL,
    approval uuid NOT NULL UNIQUE
);

ALTER TABLE economy.rule_books DROP CONSTRAINT rule_books_effective_from_key;

-- What waited for it; NULL for version 1, and for those announced before two persons were needed.
ALTER TABLE economy.rule_books ADD COLUMN approval uuid UNIQUE;

-- Weeks that two persons let go on although something was missing: the seal does not wait for a required source.
CREATE TABLE weeks.overrides (
    approval    uuid PRIMARY KEY,
    week        integer NOT NULL,
    reason      text NOT NULL,
    asked_by    text NOT NULL,
    approved_by text NOT NULL,
    at          timestamptz NOT NULL
);

CREATE INDEX overrides_by_week ON weeks.overrides (week);

-- Pauses of the schedule that two persons have ended. paused_at: when the schedule paused, as it says.
CREATE TABLE economy.resumes (
    approval    uuid PRIMARY KEY,
    paused_at   timestamptz NOT NULL,
    reason      text NOT NULL,
    asked_by    text NOT NULL,
    approved_by text NOT NULL,
    at          timestamptz NOT NULL
);

GRANT USAGE ON SCHEMA operators, approvals TO stk_service;
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA operators, approvals TO stk_service;
-- Who acted before there was a register does not change.
REVOKE INSERT ON operators.predecessors FROM stk_service;
GRANT SELECT, INSERT ON economy.rule_book_withdrawals, weeks.overrides, economy.resumes TO stk_service;

-- An operator's word on a level or an exclusion stands, whatever sources say, until an operator takes it back. What was said
-- before keeps its meaning: of an operator's word on a level and sources' the latest counts. No level of a closed week changes.
ALTER TABLE activity.profile_changes ADD COLUMN stands boolean NOT NULL DEFAULT false;
ALTER TABLE activity.profile_changes ALTER COLUMN stands SET DEFAULT true;
ALTER TABLE activity.profile_changes
    ADD COLUMN takes_back_level boolean NOT NULL DEFAULT false CHECK (NOT takes_back_level OR level IS NULL),
    ADD COLUMN takes_back_exclusion boolean NOT NULL DEFAULT false CHECK (NOT takes_back_exclusion OR excluded IS NULL);
