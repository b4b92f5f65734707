namespace Stk.Cli.Replay;

/// <summary>
/// How far a replay has come: kept beside the economy after each answer, so that an interrupted one goes on.
/// </summary>
/// <param name="Slice">The week under way, an index into the plan; the number of slices when all is done.</param>
/// <param name="Lines">Of this slice, answered or found to be no JSON.</param>
/// <param name="Answers">To everything so far.</param>
/// <param name="Unreadable">Lines that were no JSON, and were not sent.</param>
/// <param name="StoredBefore">Events of this source that the service had before the first was sent.</param>
internal sealed record ReplayProgress(
    int Slice, long Lines, Outcomes Answers, long Unreadable, long StoredBefore)
{
    public static ReplayProgress Beginning(long storedBefore) => new(0, 0, Outcomes.None, 0, storedBefore);

    /// <summary>
    /// Whether this is the economy that the progress was made in: one that was deleted and made again knows less.
    /// </summary>
    /// <param name="stored">Events of this source that the service has now.</param>
    /// <param name="now">Its clock.</param>
    public bool Fits(ReplayPlan plan, long stored, DateTimeOffset now) =>
        Slice <= plan.Slices.Length
        && stored >= StoredBefore + Answers.Stored
        && (Slice == 0 || now >= plan.Slices[Slice - 1].Closed);

    /// <summary>
    /// The answers, seen from the end: a batch whose answer was lost was sent twice, and its second answer says
    /// <c>duplicate</c> of what the first had stored.
    /// </summary>
    /// <param name="stored">Events of this source that the service has now. Where the numbers make no sense, somebody else
    /// has sent as this source, and the answers stand.</param>
    public ReplayProgress Settled(long stored)
    {
        var unanswered = stored - StoredBefore - Answers.Stored;
        return unanswered <= 0 || unanswered > Answers.Duplicate
            ? this
            : this with { Answers = Answers with { Duplicate = Answers.Duplicate - unanswered } };
    }
}
