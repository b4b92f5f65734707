using System.Diagnostics;

namespace Stk.Grains.Schedules;

/// <summary>Where a row of <c>schedule.work</c> stands. Stored: never renumber.</summary>
internal enum WorkState : short
{
    Running = 1,
    Done = 2,

    /// <summary>It is tried again.</summary>
    Failed = 3,

    /// <summary>Something must come first.</summary>
    Waiting = 4,

    Skipped = 5,

    /// <summary>An audit's that is announced.</summary>
    Coming = 6,

    /// <summary>An audit has found a fault.</summary>
    Broken = 7,
}

internal static class WorkStates
{
    /// <summary>How a state stands in JSON.</summary>
    public static string WireName(this WorkState state) => state switch
    {
        WorkState.Running => "running",
        WorkState.Done => "done",
        WorkState.Failed => "failed",
        WorkState.Waiting => "waiting",
        WorkState.Skipped => "skipped",
        WorkState.Coming => "coming",
        WorkState.Broken => "broken",
        _ => throw new UnreachableException(),
    };
}
