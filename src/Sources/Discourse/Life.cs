namespace Stk.Sources.Discourse;

/// <summary>Whether an object of the club is there.</summary>
/// <param name="IsAlive">Not deleted, as far as is known.</param>
/// <param name="SeenAt">Of the last sight that was believed.</param>
/// <param name="ToldAt">Of the last answer of the club that was believed; null where it has not been asked.</param>
public sealed record Life(bool IsAlive, DateTimeOffset SeenAt, DateTimeOffset? ToldAt)
{
    /// <summary>What a sight makes of it.</summary>
    /// <param name="before">Null where nothing was known.</param>
    /// <param name="mustAsk">Whether the sight says something that only the club can say.</param>
    public static Life After(
        Life? before, Sighting seen, bool isDeleted, DateTimeOffset? deletedAt, out bool mustAsk)
    {
        mustAsk = false;
        DateTimeOffset? told = seen.IsTold ? seen.At : null;
        if (before is null)
        {
            return new(!isDeleted, seen.At, told);
        }

        if (seen.IsTold)
        {
            // An answer to a question from before what is known is old.
            var isOld = seen.At < before.ToldAt || (seen.At < before.SeenAt && before.IsAlive == isDeleted);
            mustAsk = isOld && before.IsAlive == isDeleted;
            return isOld ? before : new(!isDeleted, Later(seen.At, before.SeenAt), told);
        }

        if (before.IsAlive != isDeleted)
        {
            return before;
        }

        // That something lives again looks like an old word that it lives. That it is deleted is believed of itself,
        // unless the club has said since then that it is there.
        if (isDeleted && (before.ToldAt is not { } asked || deletedAt > asked))
        {
            return new(false, Later(seen.At, before.SeenAt), before.ToldAt);
        }

        mustAsk = true;
        return before;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
