-- Who is signed in to the pages, by real time. The secret itself is in its cookie alone: here is its hash.

CREATE SCHEMA sessions;

-- code: the sign-in code that has opened it, which is good for one. ends_at: when it ends by itself, however often it is used;
-- seen_at: when it was last used, to within a thirtieth of what it may stand idle. ended_at: by a sign-out. A row is deleted
-- when it could have been used no more for a day.
CREATE TABLE sessions.sessions (
    hash         bytea PRIMARY KEY CHECK (length(hash) = 32),
    id           uuid NOT NULL UNIQUE,
    code         text COLLATE "C" NOT NULL UNIQUE CHECK (code <> ''),
    subject      text COLLATE "C" NOT NULL CHECK (subject <> ''),
    role         text COLLATE "C" NOT NULL CHECK (role IN ('participant', 'operator')),
    signed_in_at timestamptz NOT NULL,
    ends_at      timestamptz NOT NULL CHECK (ends_at > signed_in_at),
    seen_at      timestamptz NOT NULL,
    ended_at     timestamptz
);

CREATE INDEX sessions_of_subject ON sessions.sessions (subject, role) WHERE ended_at IS NULL;
CREATE INDEX sessions_by_end ON sessions.sessions (ends_at);

GRANT USAGE ON SCHEMA sessions TO stk_service;
GRANT SELECT, INSERT, UPDATE, DELETE ON sessions.sessions TO stk_service;
