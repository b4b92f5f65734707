-- What participants propose, each in its provider's own name space: two may propose under one id, and none is public before
-- an operator has admitted it. A change that a provider makes to its own service is one too, and the service is off sale
-- meanwhile. A row is gone once a service is public under its id; one that was turned down stays until then, so that no
-- version under an id is given twice.
CREATE TABLE spending.proposals (
    provider    bigint NOT NULL REFERENCES activity.participants,
    service     text COLLATE "C" NOT NULL CHECK (service ~ '^[a-z][a-z0-9_]{0,63}$'),
    version     integer NOT NULL CHECK (version > 0),
    -- Of those that are open, at most ten a provider; null where it was turned down.
    place       smallint CHECK (place BETWEEN 1 AND 10),
    name        text NOT NULL,
    description text NOT NULL,
    price_micro bigint NOT NULL CHECK (price_micro > 0),
    roles       text[] NOT NULL,
    shares_bp   integer[] NOT NULL,
    days        integer,
    months      integer,
    sessions    integer,
    -- By role, outside ids as they were written: whether there are such participants is asked when it is admitted.
    recipient_roles text[] NOT NULL,
    recipients      text[] NOT NULL,
    changed_at  timestamptz NOT NULL,
    PRIMARY KEY (provider, service),
    UNIQUE (provider, place),
    UNIQUE (service, version),
    CHECK (num_nonnulls(days, months, sessions) <= 1),
    CHECK (cardinality(roles) = cardinality(shares_bp) AND cardinality(roles) > 0),
    CHECK (cardinality(recipient_roles) = cardinality(recipients))
);

GRANT SELECT, INSERT, UPDATE, DELETE ON spending.proposals TO stk_service;
