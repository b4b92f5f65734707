-- What a source's events of one UTC day may be worth. What they are worth is derived from them, and stored nowhere.

-- The budgets by which a week was sealed: no day of it was worth more. Of a source that had none there is no row.
CREATE TABLE weeks.source_budgets (
    week      integer NOT NULL REFERENCES weeks.runs,
    source_id integer NOT NULL REFERENCES activity.sources,
    points    bigint NOT NULL CHECK (points > 0),
    PRIMARY KEY (week, source_id)
);

-- Days that were seen to be over budget: an alarm each, once a budget. points: what it was worth when it was seen.
CREATE TABLE sources.budget_alarms (
    source_id integer NOT NULL REFERENCES activity.sources,
    day       date NOT NULL,
    budget    bigint NOT NULL CHECK (budget > 0),
    week      integer NOT NULL,
    points    bigint NOT NULL CHECK (points > budget),
    at        timestamptz NOT NULL,
    PRIMARY KEY (source_id, day, budget)
);

GRANT SELECT, INSERT ON weeks.source_budgets, sources.budget_alarms TO stk_service;
