-- Tokens that end before their time, and who has signed in.

CREATE SCHEMA revocations;

-- Never changed. Either one token by its id, or all of a subject (in one role, or in every one) that were made before an
-- instant of real time. number: without a gap, in the order in which they are seen. at: by the economy's clock.
CREATE TABLE revocations.tokens (
    number  integer PRIMARY KEY CHECK (number > 0),
    token   text COLLATE "C" CHECK (token <> ''),
    subject text COLLATE "C" CHECK (subject <> ''),
    role    text COLLATE "C" CHECK (role ~ '^[a-z]{1,32}$'),
    before  timestamptz,
    at      timestamptz NOT NULL,
    by      text NOT NULL,
    reason  text NOT NULL,
    CHECK ((token IS NULL) <> (subject IS NULL)),
    CHECK ((subject IS NULL) = (before IS NULL)),
    CHECK (role IS NULL OR subject IS NOT NULL)
);

GRANT USAGE ON SCHEMA revocations TO stk_service;
GRANT SELECT, INSERT ON revocations.tokens TO stk_service;

-- A sign-in code stays used: no row of it is deleted by the services any more, and the log, which is signed, has an entry of
-- each. by, at: of that entry; NULL where it is of before there was one.
ALTER TABLE economy.sign_ins ADD COLUMN by text, ADD COLUMN at timestamptz, ADD CHECK ((by IS NULL) = (at IS NULL));

REVOKE DELETE ON economy.sign_ins FROM stk_service;

CREATE INDEX entries_of_sign_ins ON audit.entries (sequence) WHERE action = 'operator.sign-in';
