namespace Stk.Rules.Activity;

/// <summary>What became of an event at intake. Stored and sent: add at the end, never renumber.</summary>
public enum EventOutcome
{
    Counted = 1,
    OverLimit = 2,
    Duplicate = 3,
    Late = 4,
    Ignored = 5,
    Applied = 6,
    Rejected = 7,
}
