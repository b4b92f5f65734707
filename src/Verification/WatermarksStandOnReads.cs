namespace Stk.Verification;

internal sealed class WatermarksStandOnReads() : SqlInvariant(
    "I36", "A watermark that pulls have moved stands on two whole reads that were alike, or on an operator's word.", """
    SELECT 'sources.pull_reads', format('source %s, read %s', source.name, place),
        'two reads that are alike, apart by the settling time, of a window that had ended by it',
        format('%s then %s events', first_count, count)
    FROM sources.pull_reads read JOIN activity.sources source ON source.id = read.source_id
    WHERE is_moved AND NOT (
        first_count = count AND first_hash = hash AND began >= first_ended + settle AND ended >= began
        AND clock >= to_at + settle)
    UNION ALL
    SELECT 'activity.sources', source.name, 'an end of a window that was read twice, or what an operator has set',
        source.complete_to::text
    FROM activity.sources source JOIN sources.pulls pull ON pull.source_id = source.id
    WHERE source.complete_to IS NOT NULL
        AND NOT EXISTS (
            SELECT FROM sources.pull_reads read
            WHERE read.source_id = source.id AND is_moved AND to_at = source.complete_to)
        AND NOT EXISTS (
            SELECT FROM audit.texts text JOIN audit.entries entry USING (sequence)
            WHERE text.subject = source.name AND CASE WHEN entry.action = 'source.change'
                THEN (text.after::json ->> 'completeTo')::timestamptz = source.complete_to END)
    """);
