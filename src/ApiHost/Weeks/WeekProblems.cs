using System.Collections.Immutable;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Weeks;

/// <summary>What may be wrong with closing a week. Slugs are for ever: clients decide by them.</summary>
internal static class WeekProblems
{
    public static readonly ProblemType WeekNotClosable = new("week-not-closable", 409, "Week cannot be closed",
        "Something must come first; detail says what. Nothing has changed.");

    public static readonly ImmutableArray<ProblemType> All =
    [
        WeekNotClosable,
    ];
}
