-- How people want to be told of things, what of it they have read, and of which weeks everybody was told.

CREATE INDEX notices_unread ON notices.notices (participant, at DESC, id DESC) WHERE read_at IS NULL;

GRANT UPDATE (read_at) ON notices.notices TO stk_service;

-- A row of whoever has chosen anything. quiet_from and quiet_to: minutes of the day by the zone's clock; both NULL: never.
-- language, digest: see NoticeLanguage, NoticeDigest. kinds: the channels of each kind for which some were chosen, JSON. Of a
-- person: erasing one deletes the row.
CREATE TABLE notices.preferences (
    participant bigint PRIMARY KEY REFERENCES activity.participants ON DELETE CASCADE,
    language    smallint NOT NULL CHECK (language IN (1, 2)),
    zone        text COLLATE "C" NOT NULL CHECK (char_length(zone) BETWEEN 1 AND 64),
    quiet_from  smallint CHECK (quiet_from BETWEEN 0 AND 1439),
    quiet_to    smallint CHECK (quiet_to BETWEEN 0 AND 1439),
    digest      smallint NOT NULL CHECK (digest IN (1, 2, 3)),
    kinds       json NOT NULL,
    changed_at  timestamptz NOT NULL,
    CHECK ((quiet_from IS NULL) = (quiet_to IS NULL)),
    CHECK (quiet_from <> quiet_to)
);

-- What links in messages are signed with, made here once: they are good on every silo and after every start. Whoever reads it
-- can make links that end messages, and nothing else.
CREATE TABLE notices.link_keys (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    key bytea NOT NULL CHECK (length(key) = 32)
);

INSERT INTO notices.link_keys (key) VALUES (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

-- Weeks of which everybody who has a statement was told. at: by the economy's clock.
CREATE TABLE notices.weeks (
    week   integer PRIMARY KEY,
    at     timestamptz NOT NULL,
    people integer NOT NULL CHECK (people >= 0)
);

-- Nobody is told of what was long over when there came to be notices.
INSERT INTO notices.weeks (week, at, people)
SELECT week, settled_at, 0 FROM weeks.runs WHERE settled_at IS NOT NULL ORDER BY week DESC LIMIT 1;

GRANT SELECT, INSERT, UPDATE, DELETE ON notices.preferences TO stk_service;
GRANT SELECT ON notices.link_keys TO stk_service;
GRANT SELECT, INSERT ON notices.weeks TO stk_service;
-- A secret: neither for whoever verifies nor for whoever looks.
REVOKE SELECT ON notices.link_keys FROM stk_reader;
