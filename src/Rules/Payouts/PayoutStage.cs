namespace Stk.Rules.Payouts;

/// <summary>What a person reads of a payout. Sent: add at the end, never renumber.</summary>
public enum PayoutStage
{
    /// <summary>Nothing of it is on its way.</summary>
    Waiting = 1,

    /// <summary>Its batch is signed, and sent until it is final.</summary>
    Sending = 2,

    /// <summary>It was sent, and nobody can prove yet whether it arrived.</summary>
    Checking = 3,

    Paid = 4,

    /// <summary>It is available again.</summary>
    Returned = 5,
}
