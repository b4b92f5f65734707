using Stk.Rules.Quarters;
using Stk.Rules.Weeks;

namespace Stk.Rules.Runs;

/// <summary>One thing that time has made due. A closed set.</summary>
public abstract record DueItem
{
    private DueItem(DateTimeOffset at) => At = at;

    /// <summary>When it fell due, which may be long ago.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The emission of a day.</summary>
    public sealed record Emission(DateTimeOffset At, DateOnly Day) : DueItem(At);

    /// <summary>The next stage of a week.</summary>
    public sealed record Stage(DateTimeOffset At, WeekId Week, WeekStage WeekStage) : DueItem(At);

    /// <summary>The decisions about frozen rewards of a day.</summary>
    public sealed record Vesting(DateTimeOffset At, DateOnly Day) : DueItem(At);

    /// <summary>What a quarter takes from the inactive.</summary>
    public sealed record InactivityRun(DateTimeOffset At, QuarterId Quarter) : DueItem(At);

    /// <summary>The warning of the inactive, so many days before a quarter's first.</summary>
    public sealed record InactivityWarning(DateTimeOffset At, QuarterId Quarter, int Days) : DueItem(At);
}
