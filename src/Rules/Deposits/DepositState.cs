namespace Stk.Rules.Deposits;

/// <summary>How what has arrived from outside stands. Stored: add at the end, never renumber.</summary>
public enum DepositState : short
{
    /// <summary>To whom its memo names, or to whom the wallet is linked that has sent it.</summary>
    Credited = 1,

    /// <summary>Nobody knows whose it is.</summary>
    Suspense = 2,

    /// <summary>To whom two operators say that it is.</summary>
    Assigned = 3,

    /// <summary>Two operators say that it goes back, and it has not left yet.</summary>
    Returning = 4,

    /// <summary>It was sent back to whom it came from.</summary>
    Returned = 5,
}
