-- What counts, for SQL: not late, and not taken back. What an event is told at intake follows from the same rules in C#,
-- Stk.Rules.Intake.OutcomeRules; invariant I9 (Stk.Verification.SealsHoldTheirEvents) spells them a third time, on purpose,
-- and holds every seal against the events. 4: late.
CREATE VIEW activity.live_events AS
SELECT event.* FROM activity.events event
WHERE event.outcome <> 4
    AND NOT EXISTS (
        SELECT FROM activity.events retraction
        WHERE retraction.retracts = event.uuid AND retraction.source_id = event.source_id
            AND retraction.participant = event.participant AND retraction.type = event.type || 'Retracted'
            AND retraction.outcome <> 4);

GRANT SELECT ON activity.live_events TO stk_service;
