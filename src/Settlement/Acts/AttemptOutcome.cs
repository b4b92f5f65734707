namespace Stk.Settlement.Acts;

/// <summary>How an attempt has ended. Stored: add at the end, never renumber.</summary>
public enum AttemptOutcome
{
    Landed = 1,

    /// <summary>It is on chain, and its transaction failed whole.</summary>
    Failed = 2,

    /// <summary>It can never land.</summary>
    Expired = 3,
}
