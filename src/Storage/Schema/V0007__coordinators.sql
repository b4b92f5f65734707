-- What coordinators remember, for SQL to read. The one memory is their row in orleans.OrleansStorage, plain JSON whose
-- names are fixed for ever (tests/GrainInterfaces.Tests/contracts.txt); these views are how it is seen, whichever build
-- has written it. Names of types, which the first builds wrote too, are nobody's business here.

-- Weeks that an operator asked to close. The reason: why a required source is not waited for.
CREATE VIEW weeks.closings AS
SELECT replace(GrainIdExtensionString, '-W', '')::integer AS week,
    coalesce((state ->> 'IsForced')::boolean, false) AS is_forced,
    state ->> 'OverrideReason' AS override_reason,
    state ->> 'OverrideBy' AS override_by
FROM orleans.OrleansStorage, LATERAL (SELECT convert_from(PayloadBinary, 'UTF8')::json AS state) AS stored
WHERE GrainTypeString = 'week' AND PayloadBinary IS NOT NULL;

-- Why the schedule waits for an operator, null where it does not; and who ended the last pause, and why.
CREATE VIEW economy.schedule_pause AS
SELECT state ->> 'PausedBecause' AS paused_because,
    state ->> 'ResumedBy' AS resumed_by,
    state ->> 'ResumedBecause' AS resumed_because
FROM orleans.OrleansStorage, LATERAL (SELECT convert_from(PayloadBinary, 'UTF8')::json AS state) AS stored
WHERE GrainTypeString = 'schedule' AND PayloadBinary IS NOT NULL;

-- The last day emitted, and how often the ledger has refused the day after it.
CREATE VIEW economy.emission_progress AS
SELECT date '0001-01-01' + (state ->> 'LastDayNumber')::integer AS last_day,
    coalesce((state ->> 'Refusals')::integer, 0) AS refusals
FROM orleans.OrleansStorage, LATERAL (SELECT convert_from(PayloadBinary, 'UTF8')::json AS state) AS stored
WHERE GrainTypeString = 'emission' AND PayloadBinary IS NOT NULL;

GRANT SELECT ON weeks.closings, economy.schedule_pause, economy.emission_progress TO stk_service;
