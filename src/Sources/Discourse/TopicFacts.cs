namespace Stk.Sources.Discourse;

/// <summary>What is known of a topic. One for all its posts.</summary>
/// <param name="Id">Discourse's number of it.</param>
/// <param name="Author">Null where it is not known.</param>
/// <param name="IsRegular">Whether it is no private message; null where that is not known.</param>
public sealed record TopicFacts(long Id, long? Author, bool? IsRegular, Life Life)
{
    /// <summary>What a sight makes of it.</summary>
    public static TopicFacts After(TopicFacts? before, ClubSight.Topic sight, Sighting seen, out bool mustAsk) => new(
        sight.Id,
        seen.IsTold ? sight.Author ?? before?.Author : before?.Author ?? sight.Author,
        seen.IsTold ? sight.IsRegular ?? before?.IsRegular : before?.IsRegular ?? sight.IsRegular,
        Life.After(before?.Life, seen, sight.IsDeleted, sight.DeletedAt, out mustAsk));
}
