namespace Stk.Rules.Pulls;

/// <summary>How a source's set of a week and ours differed, and what has come of it.</summary>
/// <param name="Missing">What the source has and was not stored.</param>
/// <param name="TakenBack">What stood, and stands no more now that the source was asked.</param>
/// <param name="Added">Of what was missing, what is stored now; the rest was rejected.</param>
public readonly record struct WeekDifference(int Missing, int TakenBack, int Added)
{
    /// <param name="theirs">All that stands at the source.</param>
    /// <param name="before">What was stored when it was asked.</param>
    /// <param name="after">What is stored once its answer is taken in.</param>
    public static WeekDifference Of(IEnumerable<Guid> theirs, StoredEvents before, StoredEvents after)
    {
        var missing = theirs.Where(uuid => !before.All.Contains(uuid)).ToHashSet();
        return new(
            missing.Count, before.Live.Count(uuid => !after.Live.Contains(uuid)), missing.Count(after.All.Contains));
    }
}

/// <summary>Events of a source that are stored, by their uuids.</summary>
/// <param name="All">Retractions too, and what was taken back.</param>
/// <param name="Live">Those that stand.</param>
public sealed record StoredEvents(IReadOnlySet<Guid> All, IReadOnlySet<Guid> Live);
