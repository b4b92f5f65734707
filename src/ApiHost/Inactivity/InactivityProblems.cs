using System.Collections.Immutable;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Inactivity;

/// <summary>Why something about redistribution is refused. Slugs are for ever: clients decide by them.</summary>
internal static class InactivityProblems
{
    public static readonly ProblemType QuarterNotBegun = new("quarter-not-begun", 404, "Quarter not begun",
        "There is nothing of this quarter yet. Its redistribution is there from its first day on, a preview from the quarter before on, and none of a quarter that began before the economy did.");

    public static readonly ProblemType NotWarned = new("not-warned", 409, "Not warned",
        "Nobody has been warned of this quarter under this token, and so nothing is taken: there is nothing to appeal against. Nothing has changed.");

    public static readonly ProblemType AppealTooLate = new("appeal-too-late", 409, "Appeal too late",
        "The quarter is over and has taken nothing, or took it more than 30 days ago. Nothing has changed.");

    public static readonly ProblemType AlreadyAppealed = new("already-appealed", 409, "Already appealed",
        "There is an appeal of this participant against this quarter, and there can be one. Nothing has changed.");

    public static readonly ImmutableArray<ProblemType> All =
        [QuarterNotBegun, NotWarned, AppealTooLate, AlreadyAppealed];
}
