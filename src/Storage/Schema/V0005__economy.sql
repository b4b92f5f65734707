-- What the whole economy has one of: genesis, clock, rule books; and operators' sign-in codes.

CREATE SCHEMA economy;

-- One row, set once: the unique key decides a race.
CREATE TABLE economy.genesis (
    one    boolean PRIMARY KEY DEFAULT true CHECK (one),
    at     timestamptz NOT NULL,
    set_at timestamptz NOT NULL DEFAULT now()
);

-- The manual clock, absent until it is first set. reached: everything due up to here has been run.
-- version grows with each setting.
CREATE TABLE economy.clock (
    one     boolean PRIMARY KEY DEFAULT true CHECK (one),
    now     timestamptz NOT NULL,
    reached timestamptz NOT NULL CHECK (reached <= now),
    version bigint NOT NULL
);

-- The last time a schedule looked at its clock, by that clock: a jump is found by it.
CREATE TABLE economy.heartbeat (
    one  boolean PRIMARY KEY DEFAULT true CHECK (one),
    at   timestamptz NOT NULL
);

CREATE TABLE economy.rule_books (
    version        integer PRIMARY KEY CHECK (version > 0),
    effective_from integer NOT NULL UNIQUE,
    document       bytea NOT NULL,
    announced_at   timestamptz NOT NULL,
    announced_by   text NOT NULL
);

-- Codes of sign-in links that were used; a row is dropped once its code has ended by itself.
CREATE TABLE economy.sign_ins (
    code    text COLLATE "C" PRIMARY KEY,
    expires timestamptz NOT NULL
);

GRANT USAGE ON SCHEMA economy TO stk_service;
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA economy TO stk_service;
GRANT UPDATE ON economy.clock, economy.heartbeat TO stk_service;
GRANT DELETE ON economy.clock, economy.sign_ins TO stk_service;
