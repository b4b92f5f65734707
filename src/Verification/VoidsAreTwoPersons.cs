namespace Stk.Verification;

// What a void leaves out of which week is held against the seals by their own invariant.
internal sealed class VoidsAreTwoPersons() : SqlInvariant(
    "I46", "What was taken out as if never sent, and what was let in again, two persons have said, exactly so.", $"""
    WITH said AS (
        SELECT 'sources.voids' AS name, void.id AS approval, 'source.void' AS kind, void.asked_by, void.approved_by, void.at,
            jsonb_build_object(
                'source', source.name, 'from', void.received_from, 'to', void.received_to,
                'types', to_jsonb(void.types)) AS act
        FROM sources.voids void JOIN activity.sources source ON source.id = void.source_id
        UNION ALL
        SELECT 'sources.void_lifts', lift.approval, 'source.lift-void', lift.asked_by, lift.approved_by, lift.at,
            jsonb_build_object('source', source.name, 'void', lift.void)
        FROM sources.void_lifts lift JOIN sources.voids void ON void.id = lift.void
        JOIN activity.sources source ON source.id = void.source_id),
    asked AS (
        SELECT request.id, request.kind, request.asked_by, request.person, decision.is_approved, decision.by, decision.at,
            decision.person AS second,
            CASE request.kind
                WHEN 'source.void' THEN jsonb_build_object(
                    'source', act ->> 'source', 'from', {LoggedKinds.Instant("act ->> 'receivedFrom'")},
                    'to', {LoggedKinds.Instant("act ->> 'receivedTo'")}, 'types', (act -> 'types')::jsonb)
                ELSE jsonb_build_object('source', act ->> 'source', 'void', act ->> 'void') END AS act
        FROM approvals.requests request JOIN approvals.decisions decision ON decision.request = request.id
        WHERE request.kind IN ('source.void', 'source.lift-void'))
    SELECT coalesce(said.name, 'approvals.decisions'), format('approval %s', coalesce(said.approval, asked.id)),
        CASE WHEN said.approval IS NULL THEN 'what it has done' ELSE 'two persons who have said so' END,
        CASE WHEN said.approval IS NULL OR asked.id IS NULL THEN 'none' ELSE 'what says something else' END
    FROM said FULL JOIN (SELECT * FROM asked WHERE is_approved) AS asked ON asked.id = said.approval
    WHERE said.approval IS NULL OR asked.id IS NULL
        OR (said.kind, said.asked_by, said.approved_by, said.at, said.act)
            IS DISTINCT FROM (asked.kind, asked.asked_by, asked.by, asked.at, asked.act)
        OR asked.person = asked.second
    """);
