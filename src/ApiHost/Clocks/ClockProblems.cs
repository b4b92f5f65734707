using System.Collections.Immutable;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Clocks;

/// <summary>What may be wrong with a setting of the clock. Slugs are for ever: clients decide by them.</summary>
internal static class ClockProblems
{
    public static readonly ProblemType ClockBackwards = new("clock-backwards", 409, "Clock cannot go back",
        "The economy's clock stands later than this already. Nothing has changed.");

    public static readonly ImmutableArray<ProblemType> All =
    [
        ClockBackwards,
    ];
}
