namespace Stk.Rules.Time;

/// <summary>How far a manual clock moves at one word.</summary>
public static class ClockSteps
{
    /// <summary>
    /// Whether a step is so long that a digit may be wrong in it: more than a year. What runs on the way cannot be taken
    /// back.
    /// </summary>
    // The later end is taken back: the last year that there is has no next.
    public static bool IsTooFar(DateTimeOffset from, DateTimeOffset to) => to > from && to.AddYears(-1) > from;
}
