namespace Stk.Grains.Activity;

/// <summary>
/// Which events two persons have taken out, for queries that do not read <c>activity.live_events</c>, which knows it.
/// </summary>
public static class SqlVoids
{
    /// <summary>Of <c>event</c>, a row of <c>activity.events</c>: whether it stands, as its own week sees it.</summary>
    public const string EventStands = """
        NOT EXISTS (
            SELECT FROM sources.voids_in_force void
            WHERE void.source_id = event.source_id
                AND event.week > void.after_week AND (void.until_week IS NULL OR event.week <= void.until_week)
                AND event.received_at >= void.received_from AND event.received_at < void.received_to
                AND (void.types IS NULL OR event.type = ANY (void.types)))
        """;

    /// <summary>
    /// Of <c>retraction</c>, a row of <c>activity.events</c> that takes back something of a week that is not sealed.
    /// </summary>
    public const string RetractionStands = """
        NOT EXISTS (
            SELECT FROM sources.voids_in_force void
            WHERE void.source_id = retraction.source_id AND void.until_week IS NULL
                AND retraction.received_at >= void.received_from AND retraction.received_at < void.received_to
                AND (void.types IS NULL OR retraction.type = ANY (void.types)))
        """;
}
