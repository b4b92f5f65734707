using System.Collections.Immutable;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Clocks;

/// <summary>What may be wrong with a setting of the clock. Slugs are for ever: clients decide by them.</summary>
internal static class ClockProblems
{
    public static readonly ProblemType ClockBackwards = new("clock-backwards", 409, "Clock cannot go back",
        "The economy's clock stands later than this already. Nothing has changed.");

    public static readonly ProblemType ClockTooFar = new("clock-too-far", 409, "Clock more than a year ahead",
        "Something has happened in this economy, and what falls due in more than a year would run. Send \"force\": true where it is meant; nothing has changed.");

    public static readonly ImmutableArray<ProblemType> All =
    [
        ClockBackwards, ClockTooFar,
    ];
}
