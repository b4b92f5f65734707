namespace Stk.Verification;

// Reads from before there were checks have none; from the first on that has one each must.
internal sealed class WeeksAreReconciled() : SqlInvariant(
    "I53", "Before a pulled watermark passed a week's end, the whole week was held against what is stored.", """
    SELECT 'sources.pull_reads', format('source %s, read %s', source.name, read.place),
        'a check of the week whose end it passes, to that end, begun once it had settled',
        coalesce('check ' || read.week_check, 'none')
    FROM sources.pull_reads read JOIN activity.sources source ON source.id = read.source_id
    CROSS JOIN LATERAL (
        SELECT to_char(read.from_at AT TIME ZONE 'UTC', 'IYYYIW')::integer AS week,
            (date_trunc('week', read.from_at AT TIME ZONE 'UTC') + interval '7 days') AT TIME ZONE 'UTC' AS ends) AS first
    WHERE read.is_moved AND (
        read.week_check IS NULL AND first.ends <= read.to_at AND EXISTS (
            SELECT FROM sources.pull_reads earlier
            WHERE earlier.source_id = read.source_id AND earlier.place < read.place AND earlier.week_check IS NOT NULL)
        OR read.week_check IS NOT NULL AND NOT EXISTS (
            SELECT FROM sources.week_checks done
            WHERE done.id = read.week_check AND done.source_id = read.source_id AND done.week = first.week
                AND done.checked_to >= first.ends AND done.clock >= first.ends))
    """);
