-- Ways to tell people beside the cabinet's inbox: addresses, deliveries, and what operators say about both.

-- Whether deliveries of it were made. What was told before there were channels is in the inbox alone.
ALTER TABLE notices.notices ADD COLUMN is_planned boolean NOT NULL DEFAULT true;
ALTER TABLE notices.notices ALTER COLUMN is_planned SET DEFAULT false;

CREATE INDEX notices_unplanned ON notices.notices (at, id) WHERE NOT is_planned;

-- Where somebody wants to be told, one a channel: 1 e-mail, 2 a message in the forum, 3 a webhook. Of a person: erasing one
-- deletes these rows. It counts once confirmed_at is set, by whoever opened the link with confirm_token before confirm_to.
-- secret: of a webhook, what its requests are signed with; the one before counts to previous_to. failures_in_row,
-- refused_since, rests_to and is_off: how it answers. set_at and confirmed_at by the economy's clock, all other instants by
-- the host's.
CREATE TABLE notices.addresses (
    participant     bigint NOT NULL REFERENCES activity.participants,
    channel         smallint NOT NULL CHECK (channel IN (1, 2, 3)),
    address         text NOT NULL CHECK (char_length(address) BETWEEN 1 AND 2000),
    set_at          timestamptz NOT NULL,
    confirm_token   text COLLATE "C" UNIQUE,
    confirm_to      timestamptz,
    confirmed_at    timestamptz,
    secret          bytea,
    previous_secret bytea,
    previous_to     timestamptz,
    failures_in_row integer NOT NULL DEFAULT 0,
    refused_since   timestamptz,
    rests_to        timestamptz NOT NULL DEFAULT 'epoch',
    is_off          boolean NOT NULL DEFAULT false,
    PRIMARY KEY (participant, channel),
    CHECK ((confirm_token IS NULL) = (confirm_to IS NULL)),
    CHECK ((secret IS NOT NULL) = (channel = 3))
);

-- One a notice and channel. rank: the lower goes first; place: of those of one rank and instant. due: by the economy's
-- clock; next_at and ended_at by the host's. state: 1 waiting, 2 delivered, 3 dead, 4 given up, 5 gone as a part of the
-- digest of its leader. lease: of the attempt under way, which next_at is the end of. reason: of the last failure, a code.
CREATE TABLE notices.deliveries (
    notice      uuid NOT NULL REFERENCES notices.notices,
    channel     smallint NOT NULL CHECK (channel IN (1, 2, 3)),
    participant bigint NOT NULL,
    language    text COLLATE "C" NOT NULL CHECK (language IN ('ru', 'en')),
    rank        smallint NOT NULL CHECK (rank IN (0, 1, 2)),
    place       integer NOT NULL,
    due         timestamptz NOT NULL,
    is_digest   boolean NOT NULL,
    leader      uuid,
    state       smallint NOT NULL DEFAULT 1 CHECK (state BETWEEN 1 AND 5),
    attempts    smallint NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_at     timestamptz NOT NULL DEFAULT 'epoch',
    lease       uuid,
    reason      text COLLATE "C" CHECK (reason ~ '^[a-z0-9-]{1,64}$'),
    ended_at    timestamptz,
    PRIMARY KEY (notice, channel),
    CHECK ((state = 1) = (ended_at IS NULL)),
    CHECK (lease IS NULL OR state = 1),
    CHECK (leader IS NULL OR is_digest)
);

CREATE INDEX deliveries_waiting ON notices.deliveries (channel, rank, due, place) WHERE state = 1;
CREATE INDEX deliveries_dead ON notices.deliveries (ended_at DESC, notice DESC, channel DESC) WHERE state = 3;
CREATE INDEX deliveries_ended ON notices.deliveries (channel, ended_at) INCLUDE (state) WHERE state <> 1;
CREATE INDEX deliveries_gathered ON notices.deliveries (leader, channel) WHERE state = 5;

-- How much of its rate a channel has taken: all silos together. taken_to: by the host's clock.
CREATE TABLE notices.channels (
    channel  smallint PRIMARY KEY CHECK (channel IN (1, 2, 3)),
    taken_to timestamptz NOT NULL DEFAULT 'epoch'
);

INSERT INTO notices.channels (channel) VALUES (1), (2), (3);

-- Operators' words: the last one about a channel says whether it is paused. number: without a gap. at: by the economy's
-- clock, as the log's entry has it.
CREATE TABLE notices.pauses (
    number    integer PRIMARY KEY CHECK (number > 0),
    channel   smallint NOT NULL CHECK (channel IN (1, 2, 3)),
    is_paused boolean NOT NULL,
    at        timestamptz NOT NULL,
    by        text NOT NULL,
    reason    text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 280)
);

CREATE INDEX pauses_by_channel ON notices.pauses (channel, number DESC);

-- What was dead and is tried again because an operator said so. request: the one that said it.
CREATE TABLE notices.retries (
    request uuid PRIMARY KEY,
    notice  uuid NOT NULL,
    channel smallint NOT NULL,
    at      timestamptz NOT NULL,
    by      text NOT NULL,
    reason  text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 280),
    FOREIGN KEY (notice, channel) REFERENCES notices.deliveries
);

GRANT UPDATE (is_planned) ON notices.notices TO stk_service;
GRANT SELECT, INSERT, UPDATE, DELETE ON notices.addresses TO stk_service;
GRANT SELECT, INSERT, UPDATE ON notices.deliveries TO stk_service;
GRANT SELECT, UPDATE ON notices.channels TO stk_service;
GRANT SELECT, INSERT ON notices.pauses, notices.retries TO stk_service;
-- Secrets and addresses are nobody's to read who only checks.
REVOKE ALL ON notices.addresses FROM stk_reader;
