namespace Stk.Cli.Replay;

/// <summary>
/// How far a replay has come: kept beside the economy after each answer, so that an interrupted one goes on.
/// </summary>
/// <param name="Slice">The week under way, an index into the plan; the number of slices when all is done.</param>
/// <param name="Lines">Of this slice, answered or left out.</param>
/// <param name="Answers">To everything so far.</param>
/// <param name="Unreadable">Lines that cannot be read, and were not sent.</param>
/// <param name="StoredBefore">Events of this source that the service had before the first was sent.</param>
/// <param name="Head">The journal's last commit when it was last begun, gone on or ended: it only grows.</param>
/// <param name="FirstRejected">The first event that the API rejected: its place, the field and the rule.</param>
internal sealed record ReplayProgress(
    int Slice, long Lines, Outcomes Answers, long Unreadable, long StoredBefore, long Head = 0, string? FirstRejected = null)
{
    public static ReplayProgress Beginning(long storedBefore, long head = 0) =>
        new(0, 0, Outcomes.None, 0, storedBefore, head);

    /// <summary>
    /// Whether this is the economy that the progress was made in: one that was restored from a copy, or made again, knows
    /// less.
    /// </summary>
    /// <param name="stored">Events of this source that the service has now.</param>
    /// <param name="now">Its clock.</param>
    /// <param name="head">Its journal's last commit.</param>
    public bool Fits(ReplayPlan plan, long stored, DateTimeOffset now, long head) =>
        head >= Head
        && Slice <= plan.Slices.Length
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
