using System.Diagnostics;

namespace Stk.Rules.Inactivity;

/// <summary>What the run does with somebody from whom something would be taken. Stored: never renumber.</summary>
public enum InactivityOutcome
{
    Charged = 1,

    /// <summary>No warning of this quarter was given.</summary>
    NotWarned = 2,

    /// <summary>An appeal is open, or was accepted.</summary>
    Appealed = 3,

    /// <summary>The account is excluded (staff, bots).</summary>
    Excluded = 4,

    /// <summary>The account is suspended.</summary>
    Suspended = 5,

    /// <summary>The quarter's first day lies within a leave.</summary>
    OnLeave = 6,
}

/// <summary>What is known of somebody when the run comes to them.</summary>
/// <param name="IsOnLeave">On the quarter's first day.</param>
/// <param name="IsWarned">On one of the warning days of this quarter.</param>
/// <param name="HasAppealed">This quarter, and the appeal was not rejected.</param>
public readonly record struct Standing(
    bool IsExcluded, bool IsSuspended, bool IsOnLeave, bool IsWarned, bool HasAppealed)
{
    /// <summary>The first that holds, in this order: several may.</summary>
    public InactivityOutcome Outcome =>
        IsExcluded ? InactivityOutcome.Excluded
        : IsSuspended ? InactivityOutcome.Suspended
        : IsOnLeave ? InactivityOutcome.OnLeave
        : !IsWarned ? InactivityOutcome.NotWarned
        : HasAppealed ? InactivityOutcome.Appealed
        : InactivityOutcome.Charged;

    /// <summary>Whether a warning day warns them: what they can still do is not held against them.</summary>
    public bool IsToBeWarned => !IsExcluded && !IsOnLeave;
}

public static class InactivityOutcomes
{
    /// <summary>How an outcome stands in a row: <c>not_warned</c>.</summary>
    public static string WireName(this InactivityOutcome outcome) => outcome switch
    {
        InactivityOutcome.Charged => "charged",
        InactivityOutcome.NotWarned => "not_warned",
        InactivityOutcome.Appealed => "appealed",
        InactivityOutcome.Excluded => "excluded",
        InactivityOutcome.Suspended => "suspended",
        InactivityOutcome.OnLeave => "on_leave",
        _ => throw new UnreachableException(),
    };
}
