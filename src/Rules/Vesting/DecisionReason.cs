namespace Stk.Rules.Vesting;

/// <summary>Why a grant was decided when it was. Stored: add at the end, never renumber.</summary>
public enum DecisionReason
{
    /// <summary>Its day had come, and nothing was open.</summary>
    Complete = 1,

    /// <summary>The days that it waits for evidence were over.</summary>
    Deadline = 2,

    /// <summary>An operator decided.</summary>
    Operator = 3,
}
