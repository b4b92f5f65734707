-- The mirror of a club: what is known of it, and which of the events that this means stand.

CREATE SCHEMA sources;

-- state: JSON, what has been seen of the topic; one for all its posts.
CREATE TABLE sources.club_topics (
    source_id integer NOT NULL REFERENCES activity.sources,
    topic     bigint NOT NULL,
    state     json NOT NULL,
    PRIMARY KEY (source_id, topic)
);

-- state: JSON, what has been seen of the post and its likes, and when.
CREATE TABLE sources.club_posts (
    source_id integer NOT NULL REFERENCES activity.sources,
    post      bigint NOT NULL,
    topic     bigint NOT NULL,
    state     json NOT NULL,
    PRIMARY KEY (source_id, post)
);

CREATE INDEX club_posts_of_topic ON sources.club_posts (source_id, topic);

-- What a post gives to each of those whom it concerns: the last event of it, and whether that stands. role: 1 created,
-- 2 received, 3 like given, 4 like received. actor, person, peer: the club's numbers of people. generation: 1, and one more for
-- each time that it came again; uuid: the event's, made of all before.
CREATE TABLE sources.club_given (
    source_id  integer NOT NULL,
    post       bigint NOT NULL,
    role       smallint NOT NULL CHECK (role BETWEEN 1 AND 4),
    actor      bigint NOT NULL,
    alive      boolean NOT NULL,
    generation integer NOT NULL CHECK (generation > 0),
    uuid       uuid NOT NULL,
    type       text COLLATE "C" NOT NULL,
    person     bigint NOT NULL,
    at         timestamptz NOT NULL,
    peer       bigint,
    PRIMARY KEY (source_id, post, role, actor),
    UNIQUE (source_id, uuid),
    FOREIGN KEY (source_id, post) REFERENCES sources.club_posts
);

-- Events and retractions that the mirror has given and intake has not answered yet: written with the mirror, handed to the
-- participants' actors, and deleted once these have answered. rejected: the field that intake has objected to; then it stays.
CREATE TABLE sources.given_events (
    source_id   integer NOT NULL REFERENCES activity.sources,
    uuid        uuid NOT NULL,
    place       bigint GENERATED ALWAYS AS IDENTITY,
    post        bigint NOT NULL,
    participant text COLLATE "C" NOT NULL,
    type        text COLLATE "C" NOT NULL,
    at          timestamptz NOT NULL,
    retracts    uuid,
    given_at    timestamptz NOT NULL DEFAULT now(),
    rejected    text,
    PRIMARY KEY (source_id, uuid)
);

CREATE INDEX given_events_waiting ON sources.given_events (place) WHERE rejected IS NULL;
CREATE INDEX given_events_of_post ON sources.given_events (source_id, post);

GRANT USAGE ON SCHEMA sources TO stk_service;
GRANT SELECT, INSERT, UPDATE ON sources.club_topics, sources.club_posts, sources.club_given TO stk_service;
GRANT SELECT, INSERT, DELETE ON sources.given_events TO stk_service;
GRANT UPDATE (rejected) ON sources.given_events TO stk_service;
