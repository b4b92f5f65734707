namespace Stk.Rules.Renewals;

/// <summary>What came of looking at a renewal. Stored: add at the end, never renumber.</summary>
public enum RenewalOutcome : short
{
    /// <summary>Its participant was told that it comes.</summary>
    Told = 1,

    Paid = 2,

    /// <summary>The payer's account holds less than the price.</summary>
    InsufficientFunds = 3,

    /// <summary>The service costs more by now than its participant has agreed to.</summary>
    PriceAboveMax = 4,

    ServiceWithdrawn = 5,

    /// <summary>A role of the split has nobody, or somebody who is unknown, excluded or the buyer.</summary>
    RecipientUnresolved = 6,

    /// <summary>The payer is suspended: nothing of theirs leaves.</summary>
    ParticipantSuspended = 7,

    /// <summary>The service is sold for another time by now.</summary>
    TermChanged = 8,
}
