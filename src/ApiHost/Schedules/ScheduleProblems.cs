using System.Collections.Immutable;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Schedules;

/// <summary>Why due work is not run or skipped. Slugs are for ever: clients decide by them.</summary>
internal static class ScheduleProblems
{
    public static readonly ProblemType NotDue = new("not-due", 409, "Not due",
        "Nothing of this kind and subject is due: its time has not come, or it is done. Nothing can be run early. Nothing has changed.");

    public static readonly ProblemType NotSkippable = new("not-skippable", 409, "Not skippable",
        "This kind is never skipped, or this piece has begun, is done, or comes after another of its kind. Nothing has changed.");

    public static readonly ImmutableArray<ProblemType> All = [NotDue, NotSkippable];
}
