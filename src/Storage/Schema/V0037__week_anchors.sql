-- What a week's statements come to as one hash: the root of a Merkle tree over them, as they were first. Weeks that were
-- reported by an earlier build have none.

-- salt_key: salts are made of it, one a participant; whoever has it can try statements against the leaves of a path.
-- blocks: the roots of blocks of 1,024 leaves, one after the other.
CREATE TABLE weeks.anchors (
    week      integer PRIMARY KEY REFERENCES weeks.runs,
    salt_key  bytea NOT NULL CHECK (length(salt_key) = 32),
    leaves    integer NOT NULL CHECK (leaves >= 0),
    blocks    bytea NOT NULL CHECK (length(blocks) = 32 * ((leaves + 1023) / 1024)),
    root      bytea NOT NULL CHECK (length(root) = 32),
    at        timestamptz NOT NULL
);

-- place: from 0, in the order of the week's export. The hash is of the statement with its participant's id: an id that is
-- erased later leaves no other trace here.
CREATE TABLE weeks.anchor_leaves (
    week        integer NOT NULL REFERENCES weeks.anchors,
    place       integer NOT NULL CHECK (place >= 0),
    participant bigint NOT NULL,
    hash        bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (week, place),
    UNIQUE (week, participant)
);

GRANT SELECT, INSERT ON weeks.anchors, weeks.anchor_leaves TO stk_service;
