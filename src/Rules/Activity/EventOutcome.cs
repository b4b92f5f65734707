using System.Diagnostics;

namespace Stk.Rules.Activity;

/// <summary>What became of an event at intake. Stored: add at the end, never renumber.</summary>
public enum EventOutcome
{
    /// <summary>It had a place under the day's limit when it came.</summary>
    Counted = 1,

    /// <summary>Kept: it counts where a place becomes free.</summary>
    OverLimit = 2,

    /// <summary>This source sent this uuid before. Not stored again.</summary>
    Duplicate = 3,

    /// <summary>Its week is sealed, or lies before genesis: it never counts.</summary>
    Late = 4,

    /// <summary>Of no weight, or of an excluded account.</summary>
    Ignored = 5,

    /// <summary>A control event that takes effect.</summary>
    Applied = 6,

    /// <summary>Not stored; the answer names field and rule.</summary>
    Rejected = 7,

    /// <summary>Too old for its source when it came: kept beside, and nothing until an operator lets it in.</summary>
    Held = 8,
}

public static class EventOutcomes
{
    /// <summary>How an outcome stands in an answer: <c>over_limit</c>.</summary>
    public static string WireName(this EventOutcome outcome) => outcome switch
    {
        EventOutcome.Counted => "counted",
        EventOutcome.OverLimit => "over_limit",
        EventOutcome.Duplicate => "duplicate",
        EventOutcome.Late => "late",
        EventOutcome.Ignored => "ignored",
        EventOutcome.Applied => "applied",
        EventOutcome.Rejected => "rejected",
        EventOutcome.Held => "held",
        _ => throw new UnreachableException(),
    };

    /// <summary>All are stored with their outcome but these, which are only answered.</summary>
    public static bool IsStored(this EventOutcome outcome) =>
        outcome is not (EventOutcome.Duplicate or EventOutcome.Rejected or EventOutcome.Held);
}
