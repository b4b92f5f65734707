namespace Stk.Rules.Treasury;

/// <summary>Stored and sent: add at the end, never renumber.</summary>
public enum FundSpendState : short
{
    /// <summary>For a second operator.</summary>
    Waiting = 1,

    Paid = 2,
    Rejected = 3,

    /// <summary>Nobody has decided in time.</summary>
    Expired = 4,
}
