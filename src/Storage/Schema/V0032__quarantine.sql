-- Events that were not taken in, kept whole until an operator lets them in or lets them go.

-- By the economy's clock; null of what was stored before this column was there.
ALTER TABLE activity.events ADD COLUMN received_at timestamptz;

-- uuid: null where it could not be read. form: 1 our own, as it was pushed; 2 the source's own; 3 our own, of a participant's name.
-- reason: a word; field and rule: what intake objected to. payload: text, whatever it is. received_at: by the economy's clock.
CREATE TABLE sources.quarantine (
    id          uuid PRIMARY KEY,
    place       bigint GENERATED ALWAYS AS IDENTITY,
    source_id   integer NOT NULL REFERENCES activity.sources,
    uuid        uuid,
    form        smallint NOT NULL CHECK (form BETWEEN 1 AND 3),
    reason      text COLLATE "C" NOT NULL,
    field       text,
    rule        text,
    payload     text NOT NULL,
    received_at timestamptz NOT NULL
);

CREATE INDEX quarantine_of_source ON sources.quarantine (source_id, place);
CREATE INDEX quarantine_by_age ON sources.quarantine (received_at);
-- What is held is kept once, however often it comes.
CREATE UNIQUE INDEX quarantine_held ON sources.quarantine (source_id, uuid) WHERE reason = 'held';

GRANT SELECT, INSERT, UPDATE, DELETE ON sources.quarantine TO stk_service;
-- Payloads name people, and nobody who only checks needs them.
REVOKE ALL ON sources.quarantine FROM stk_reader;
