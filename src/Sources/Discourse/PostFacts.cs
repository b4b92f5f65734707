namespace Stk.Sources.Discourse;

/// <summary>What is known of a post beside whether it is there.</summary>
/// <param name="Counts">
/// Whether it has ever been seen as one of those that give events; null where its topic decides. Hidden later, or moved, it
/// has given them all the same: only a deletion takes back.
/// </param>
/// <param name="AnswersName">Whom it answers by name, as seen last; null where it answers the topic's author.</param>
/// <param name="Receiver">Whose that name is; null where that is not known.</param>
/// <param name="ToldAt">Of the last answer of the club that was believed.</param>
public sealed record PostFacts(
    long Topic, int Number, long Author, DateTimeOffset At, bool? Counts, string? AnswersName, long? Receiver,
    DateTimeOffset? ToldAt);
