namespace Stk.Grains.Weeks;

/// <summary>How a scored week's rewards are divided, as queries: for who measures it, and who looks after.</summary>
public static class SqlMeasures
{
    /// <summary>
    /// What a scored week comes to: all of it, and of whom was registered after $2. $1: the week.
    /// </summary>
    public const string Whole = """
        SELECT coalesce(sum(statement.reward_micro), 0)::bigint AS rewards_micro,
            coalesce(sum(statement.reward_micro) FILTER (WHERE participant.registered_at > $2), 0)::bigint AS newcomers_micro
        FROM weeks.statements statement
        LEFT JOIN activity.participants participant ON participant.number = statement.participant
        WHERE statement.week = $1
        """;

    /// <summary>
    /// What each source's events come to, of those that took the places of a day, in the seal's order. A participant's
    /// reward is divided by points: level, streak and the fund's factor are the same for all of them. $1: the week; $2 to
    /// $4: the rule book's types, weights and day limits.
    /// </summary>
    public const string Sources = """
        WITH rule AS (
            SELECT * FROM unnest($2::text[], $3::integer[], $4::integer[]) AS rule (type, weight, day_limit)),
        placed AS (
            SELECT coalesce(linked.survivor, event.participant) AS participant, coalesce(linked.shard, event.shard) AS shard,
                event.source_id, rule.weight, rule.day_limit,
                row_number() OVER (
                    PARTITION BY coalesce(linked.survivor, event.participant), event.type, event.day
                    ORDER BY event.at, source.name, event.uuid) AS place
            FROM activity.live_events event
            JOIN rule ON rule.type = event.type
            JOIN activity.sources source ON source.id = event.source_id
            LEFT JOIN activity.survivors($1) linked ON linked.identity = event.participant
            WHERE event.week = $1),
        points AS (
            SELECT participant, shard, source_id, sum(weight)::numeric AS points
            FROM placed WHERE place <= day_limit GROUP BY participant, shard, source_id),
        earned AS (
            SELECT points.source_id, floor(sum(points.points * statement.reward_micro / statement.points))::bigint AS micro
            FROM points JOIN weeks.statements statement
                ON statement.week = $1 AND statement.shard = points.shard AND statement.participant = points.participant
            GROUP BY points.source_id)
        SELECT source_id, micro AS rewards_micro FROM earned WHERE micro > 0
        """;
}
