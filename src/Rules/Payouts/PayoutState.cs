namespace Stk.Rules.Payouts;

/// <summary>How a payout stands in its row. Stored: add at the end, never renumber.</summary>
public enum PayoutState : short
{
    /// <summary>No batch has it: its owner can call it off.</summary>
    Waiting = 1,

    /// <summary>A batch has it.</summary>
    Taken = 2,

    /// <summary>It has landed for ever.</summary>
    Paid = 3,

    /// <summary>It is available again.</summary>
    Returned = 4,
}
