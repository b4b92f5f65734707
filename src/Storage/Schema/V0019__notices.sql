-- What people are told of.

CREATE SCHEMA notices;

-- A row never changes but for read_at. id: v5("notice", kind, its cause), so that what is done twice is told once. kind and
-- values: as the API shows them; values is JSON as it was written, of numbers and names of things, never of a person, so
-- that a transaction's hash can cover it. at: the commit's time where a transaction wrote it, else by the economy's clock.
-- transaction_id: the ledger's that it was written with; NULL where it tells of none.
CREATE TABLE notices.notices (
    id             uuid PRIMARY KEY,
    participant    bigint NOT NULL,
    kind           text COLLATE "C" NOT NULL CHECK (kind ~ '^[a-z][a-z0-9.-]{0,63}$'),
    at             timestamptz NOT NULL,
    "values"       json NOT NULL,
    transaction_id uuid,
    read_at        timestamptz
);

CREATE INDEX notices_by_participant ON notices.notices (participant, at DESC, id DESC);

GRANT USAGE ON SCHEMA notices TO stk_service;
GRANT SELECT, INSERT ON notices.notices TO stk_service;
