using Npgsql;
using Stk.Grains.Activity;
using Stk.Rules.Activity;
using Stk.Storage.Sql;

namespace Stk.Verification;

internal sealed class AcknowledgedEventsAreThere(ClientLog log) : SqlInvariant(
    "I9", "Each acknowledged event is stored once, with the outcome that was answered.", $"""
    SELECT 'activity.events', format('source %s, uuid %s', asked.source, asked.uuid),
        CASE asked.outcome WHEN {SqlOutcomes.Duplicate} THEN 'an event: it was answered as known'
            ELSE format('one of outcome %s', asked.outcome) END,
        CASE WHEN event.uuid IS NULL THEN 'none' ELSE format('one of outcome %s', event.outcome) END
    FROM unnest($1::text[], $2::uuid[], $3::smallint[]) AS asked (source, uuid, outcome)
    LEFT JOIN (activity.events event JOIN activity.sources source ON source.id = event.source_id)
        ON event.uuid = asked.uuid AND source.name = asked.source
    WHERE event.uuid IS NULL OR (asked.outcome <> {SqlOutcomes.Duplicate} AND event.outcome <> asked.outcome)
    UNION ALL
    SELECT 'activity.events', format('source %s, uuid %s', source, uuid), 'one taking in', format('%s of them', count(*))
    FROM unnest($1::text[], $2::uuid[], $3::smallint[]) AS asked (source, uuid, outcome)
    WHERE outcome <> {SqlOutcomes.Duplicate} GROUP BY source, uuid HAVING count(*) > 1
    """)
{
    protected override void AddParameters(NpgsqlCommand command)
    {
        var stored = log.Events.Where(logged => logged.Outcome != EventOutcome.Rejected).ToList();
        command.With(stored.Column(logged => logged.Source)).With(stored.Column(logged => logged.Uuid))
            .With(stored.Column(logged => (short)logged.Outcome));
    }
}
