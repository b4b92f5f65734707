namespace Stk.Verification;

internal sealed class LinksAreFlat() : SqlInvariant(
    "I47", "Whoever identities belong to is nobody else's, as each week has seen it, and links are numbered in the order of weeks.", """
    WITH week AS (SELECT week FROM weeks.runs UNION SELECT 999999),
    linked AS (
        SELECT DISTINCT ON (week.week, link.identity) week.week, link.identity, link.survivor
        FROM week JOIN activity.links link ON link.after_week < week.week
        ORDER BY week.week, link.identity, link.number DESC)
    SELECT 'activity.links', format('identity %s', one.identity), 'what belongs to somebody who is nobody else''s',
        format('it belongs to %s, who belongs to %s', one.survivor, other.survivor)
    FROM linked one JOIN linked other ON other.week = one.week AND other.identity = one.survivor
    WHERE one.survivor <> one.identity AND other.survivor <> other.identity
    UNION ALL
    SELECT 'activity.links', format('number %s', number), 'a week not before that of the one before it',
        after_week::text
    FROM (SELECT number, after_week, lag(after_week) OVER (ORDER BY number) AS before FROM activity.links) AS link
    WHERE after_week < before
    """);
