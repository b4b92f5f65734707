-- The rule book's section bounds: which silo's build knows which section, and what a week is held against before it is paid.

-- Said by each silo before it becomes a member: the sections that its build knows. One row an address: a silo that comes
-- again takes over the row of the one before it. A member of the cluster without a row of its own generation is of a build
-- that did not say so yet.
CREATE TABLE economy.builds (
    endpoint   text COLLATE "C" PRIMARY KEY,
    generation integer NOT NULL,
    sections   text[] NOT NULL
);

-- What the shares of a scored week are, measured where a bound asks for them. It never changes.
-- rewards_micro: of all statements; newcomers_micro: of participants younger than four weeks at the week's end.
CREATE TABLE weeks.measures (
    week            integer PRIMARY KEY REFERENCES weeks.runs,
    rewards_micro   bigint NOT NULL CHECK (rewards_micro >= 0),
    newcomers_micro bigint NOT NULL CHECK (newcomers_micro BETWEEN 0 AND rewards_micro)
);

-- What each source's events have earned, rounded down. No row: nothing.
CREATE TABLE weeks.source_measures (
    week          integer NOT NULL REFERENCES weeks.measures,
    source_id     integer NOT NULL REFERENCES activity.sources,
    rewards_micro bigint NOT NULL CHECK (rewards_micro > 0),
    PRIMARY KEY (week, source_id)
);

-- Weeks that were beyond a bound and are paid all the same. beyond: by how much, as the operator was told.
CREATE TABLE weeks.bound_overrides (
    week        integer PRIMARY KEY REFERENCES weeks.runs,
    at          timestamptz NOT NULL,
    beyond      text NOT NULL,
    reason      text NOT NULL,
    asked_by    text NOT NULL,
    approved_by text
);

GRANT SELECT, INSERT, UPDATE ON economy.builds TO stk_service;
GRANT SELECT, INSERT ON weeks.measures, weeks.source_measures, weeks.bound_overrides TO stk_service;
